public import ChannelKit

extension ChannelRunner {
    /// The `plugin.json` of a channel that is run as a program of its own.
    ///
    /// - Parameters:
    ///   - type: The channel; what it does in transactions, its tables and its verbs, is left out.
    ///   - id: What the plugin is called, which no channel of the host may be.
    ///   - command: The program that runs it, and its arguments.
    /// - Returns: A JSON object.
    public static func manifest(of type: any OrderChannel.Type, as id: String, command: [String]) -> JSONFragment {
        let descriptor = type.descriptor
        return JSONWriter.object { writer in
            writer.member("id", id)
            writer.member("version", descriptor.version)
            writer.member("title", descriptor.title)
            writer.member("api", JSON.array([.number("1"), .number("1")]))
            writer.member("command", command)
            writer.member("capabilities", descriptor.capabilities.map(\.rawValue).sorted())
            writer.name("states")
            writer.beginArray()
            for state in descriptor.states {
                writer.beginObject()
                writer.member("name", state.name)
                writer.member("state", state.state.rawValue)
                writer.endObject()
            }
            writer.endArray()
            writer.name("settings")
            writer.beginArray()
            for setting in descriptor.settings { writer.fragment(Self.setting(setting)) }
            writer.endArray()
            writer.member("personal_details", descriptor.personalDetails.map(\.text))
            writer.member("staff_details", descriptor.staffDetails.map(\.text))
            writer.member("lasting_details", descriptor.lastingDetails.map(\.text))
            writer.member("participant_details", descriptor.participantDetails.map(\.text))
        }
    }

    private static func setting(_ setting: ChannelSetting) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("name", setting.name)
            writer.member("summary", setting.summary)
            switch setting.kind {
            case .text:
                writer.member("type", "text")
                writer.member("default", setting.standard)
            case .flag:
                writer.member("type", "flag")
                writer.member("default", setting.standard == "true")
            case .oneOf(let values):
                writer.member("type", "choice")
                writer.member("values", values)
                writer.member("default", setting.standard)
            }
        }
    }
}
