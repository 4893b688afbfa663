internal import ChannelKit
public import Registry

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
}
