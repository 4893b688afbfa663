internal import ChannelKit
public import Registry
internal import Storage

extension TenantProfile {
    /// Takes what is personal out of an order's details: what its channel calls personal, and all that it does not
    /// keep by name; everything where there is no such channel.
    public var redaction: CustomerEraser.Redaction {
        { [self] channel, details in
            guard let plugin = installedChannel(channel) else { return .object([]) }
            let descriptor = plugin.descriptor
            let impersonal = descriptor.personalDetails.reduce(details) { $1.erased(from: $0) }
            return DetailPath.kept(descriptor.lastingDetails, of: impersonal)
        }
    }

    /// How an older file is brought up to what people have asked for since.
    func restoring(_ transaction: WriteTransaction, _ occasion: Occasion) -> RestoreLedger.Means {
        RestoreLedger.Means(redact: redaction) { email, time in
            try ParticipantEraser(transaction, self, occasion).erase(email, until: time)
        }
    }
}
