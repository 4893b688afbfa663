internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON

/// People whom other people's orders name.
extension TenantInvocation {
    /// An order somebody takes part in, without what is its buyer's: what it says of the one, and where it came in.
    func participation(of email: EmailAddress, in order: Order) throws -> JSONFragment? {
        guard let channel = profile.installedChannel(order.channel) else { return nil }
        let people = channel.descriptor.participants(in: try JSON(parsing: order.details.bytes))
            .filter { $0.email.key == email.key }.map(\.person)
        guard !people.isEmpty else { return nil }
        return JSONWriter.object { writer in
            writer.member("channel", order.channel)
            writer.member("order", order.id.rawValue)
            writer.member("placed_at", order.placedAt.text)
            writer.member("state", order.channelState ?? order.state.rawValue)
            writer.member("as", JSON.array(people))
        }
    }
}
