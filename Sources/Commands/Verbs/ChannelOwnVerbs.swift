internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// The verbs that channels bring along, each called "<channel>.<verb>".
enum ChannelOwnVerbs {
    static func all(of source: any ChannelSource) -> [Verb] {
        source.verbs.map { verb(of: source.descriptor.id, $0) }
    }

    private static func verb(of channel: String, _ declaration: ChannelVerb.Declaration) -> Verb {
        Verb(
            "\(channel).\(declaration.name)", declaration.summary, roles: declaration.roles, declaration.parameters,
            .prepared(isChanging: declaration.isChanging) { invocation, prepared in
                try invocation.caller.mayUse(channel: channel)
                // What a channel knows can be looked at though it is switched off, and who has a ticket goes in.
                let installed = invocation.profile.installedChannel(channel)
                let own = declaration.worksSwitchedOff ? installed : try invocation.profile.channel(channel)
                guard let own else { throw HostError.noChannel(channel) }
                let arguments = Details(arguments: try members(invocation.arguments))
                own.perform(declaration.name, arguments, invocation.occasion) { result in
                    if declaration.isChanging, !invocation.isReplay, case .failure(let error) = result,
                        let reason = error as? ChannelUnavailable
                    {
                        let name = "\(channel).\(declaration.name)"
                        return prepared(.success(.write { try invocation.park(name, for: channel, reason, $0) }))
                    }
                    prepared(result.map { work(of: own, $0, arguments, invocation) })
                }
            },
            whenDurable: { $0.ringForParked(channel) })
    }

    /// The arguments, with the place where a list goes on as the channel gave it.
    private static func members(_ arguments: Arguments) throws(CommandError) -> [JSON.Member] {
        let position = try Cursor.values(arguments)
        return arguments.members.map { member in
            guard member.name == "after", let position else { return member }
            return JSON.Member(name: "after", value: .array(position))
        }
    }

    private static func work(
        of channel: any Channel, _ work: ChannelWork, _ arguments: Details, _ invocation: TenantInvocation
    ) -> Verb.Prepared {
        switch work {
        case .read(let read):
            .read { transaction in
                let services = ChannelServices(transaction, channel: channel.descriptor.id, invocation.occasion)
                return Reply(try read(services))
            }
        case .write(let write):
            .write { transaction in
                try invocation.tenant.requireTables(of: channel.descriptor.id)
                let inside = ChannelTransaction(
                    transaction, channel, invocation.occasion, guesser: invocation.guesser)
                let isGuess = ["coupon", "code"].contains { arguments.json[$0] != nil }
                guard isGuess else { return Reply(try write(inside)) }
                return Reply(try invocation.guessing(transaction) { try write(inside) })
            }
        case .answer(let reply): .answer(Reply(reply))
        }
    }
}

extension Reply {
    fileprivate init(_ reply: ChannelReply) {
        switch reply {
        case .ok(let object): self.init(outcome: .ok(object))
        case .list(let rows, let next):
            self.init(rows: rows, outcome: .list(next: next.map { Cursor.text(of: $0) }, extra: []))
        }
    }
}
