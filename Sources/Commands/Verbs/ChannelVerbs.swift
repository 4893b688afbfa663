internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON
internal import Wire

enum ChannelVerbs {
    static let all = [
        list,
        change("channel.enable", "lets orders come through a channel") { $0.isEnabled = true },
        change("channel.disable", "lets no more orders come through a channel") { $0.isEnabled = false },
        configure, product,
    ]

    private static let list = Verb(
        "channel.list", "lists the channels with their settings and states", roles: [.staff, .reader, .channel],
        .read { invocation in
            let rows = shapes(for: invocation)
            return { _ in Reply(rows: rows, outcome: .list(next: nil, extra: [])) }
        })

    /// The channels a caller may see; a channel sees itself.
    private static func shapes(for invocation: TenantInvocation) -> [JSONFragment] {
        var shapes: [JSONFragment] = []
        for source in invocation.services.host.channels.sources {
            guard invocation.caller.channel == nil || invocation.caller.channel == source.descriptor.id else {
                continue
            }
            shapes.append(shape(of: source.descriptor, in: invocation.profile))
        }
        return shapes
    }

    private static func change(
        _ name: String, _ summary: String,
        _ change: @escaping @Sendable (inout TenantConfiguration.Channel) -> Void
    ) -> Verb {
        Verb(
            name, summary, roles: [.staff], [.required("channel", .text, "the channel")],
            .configure { invocation in
                try apply(invocation) { channel, _ in change(&channel) }
            })
    }

    private static let configure = Verb(
        "channel.configure", "sets settings of a channel", roles: [.staff],
        [.required("channel", .text, "the channel")], others: "settings of the channel, as channel.list shows them",
        .configure { invocation in
            try apply(invocation) { channel, others in
                for setting in others { channel.settings[setting.name] = setting.value.stringValue }
            }
        })

    private static let product = Verb(
        "channel.product", "tells what a channel's reference to a product means", roles: [.staff, .reader, .channel],
        [
            .required("channel", .text, "the channel that owns the product"),
            .required("sku", .text, "the channel's word for it"),
        ],
        .read { invocation in
            let id = invocation.arguments.required("channel")
            let sku = invocation.arguments.required("sku")
            try invocation.caller.mayUse(channel: id)
            guard let channel = invocation.profile.installedChannel(id) else { throw HostError.noChannel(id) }
            return { transaction in
                let services = ChannelServices(transaction, channel: id, invocation.occasion)
                guard let product = try channel.product(sku, services) else { throw OrderError.noProduct }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("channel", id)
                            writer.member("sku", product.sku)
                            writer.member("name", product.name)
                            let digits = product.currency?.fractionDigits ?? 0
                            writer.member("unit_price", product.unitPrice?.text(atLeast: digits))
                            writer.member("currency", product.currency?.code)
                        }))
            }
        })

    private static func apply(
        _ invocation: Invocation, _ change: (inout TenantConfiguration.Channel, [JSON.Member]) -> Void
    ) throws -> Reply {
        let id = invocation.arguments.required("channel")
        let tenant = try invocation.boundTenant()
        guard let plugin = tenant.profile.installedChannel(id) else { throw HostError.noChannel(id) }
        try invocation.services.host.configure(tenant, isKept: !invocation.isTrial) { configuration in
            change(
                &configuration.channels[id, default: TenantConfiguration.Channel()], invocation.arguments.others)
        }
        return Reply(outcome: .ok(shape(of: plugin.descriptor, in: tenant.profile)))
    }

    private static func shape(of descriptor: ChannelDescriptor, in profile: TenantProfile) -> JSONFragment {
        let given = profile.configuration.channels[descriptor.id]?.settings ?? [:]
        return JSONWriter.object { writer in
            writer.member("channel", descriptor.id)
            writer.member("title", descriptor.title)
            writer.member("version", descriptor.version)
            writer.member("enabled", profile.isEnabled(descriptor.id))
            writer.name("settings")
            writer.beginObject()
            for setting in descriptor.settings { writer.member(setting.name, given[setting.name] ?? setting.standard) }
            writer.endObject()
            writer.name("states")
            writer.beginObject()
            for state in descriptor.states { writer.member(state.name, state.state.rawValue) }
            writer.endObject()
            writer.name("details")
            writer.beginObject()
            for detail in descriptor.details { writer.member(detail.path.text, detail.summary) }
            writer.endObject()
        }
    }
}
