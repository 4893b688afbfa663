internal import ChannelKit

/// A channel whose plugin runs in a process of its own.
struct PluginSource: ChannelSource {
    let program: PluginProgram
    private let loop: PluginLoop

    init(_ program: PluginProgram, _ loop: PluginLoop) {
        self.program = program
        self.loop = loop
    }

    var descriptor: ChannelDescriptor { program.manifest.descriptor }

    var verbs: [ChannelVerb.Declaration] { program.manifest.verbs }

    /// Somebody has to want it.
    var isStandard: Bool { false }

    func channel(of tenant: String, _ settings: ChannelSettings) -> any Channel {
        let plugin = program.manifest.id
        let known = PluginTenant(tenant, of: plugin, settings) { [loop] token in
            loop.post { $0.forget(token, of: plugin) }
        }
        return ChildChannel(program.manifest, known, loop)
    }
}
