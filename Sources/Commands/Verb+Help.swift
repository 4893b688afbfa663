internal import ChannelKit
internal import StrictJSON

extension Verb {
    /// How the verb is used, line by line.
    var helpLines: [String] {
        var lines = ["\(name): \(summary)"]
        let usage = allParameters.map { $0.isRequired ? "\($0.name)=…" : "[\($0.name)=…]" }
        lines.append("usage: \(([name] + usage + (takesOthers ? ["[name=value …]"] : [])).joined(separator: " "))")
        let width = allParameters.map(\.name.count).max() ?? 0
        for parameter in allParameters {
            let padding = String(repeating: " ", count: width + 2 - parameter.name.count)
            let need = parameter.isRequired ? ", required" : ""
            lines.append("  \(parameter.name)\(padding)\(parameter.summary) (\(parameter.kind.help)\(need))")
        }
        if let others { lines.append("  name=value: \(others)") }
        let allowed = Role.allCases.filter { $0 == .operator || roles.contains($0) && $0 != .none }.map(\.rawValue)
        lines.append("allowed to: \(roles.contains(.none) ? "everybody" : allowed.joined(separator: ", "))")
        return lines
    }
}

extension JSONFragment {
    /// A verb for programs.
    static func schema(of verb: Verb) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("verb", verb.name)
            writer.member("summary", verb.summary)
            let roles = Role.allCases.filter { $0 == .operator || verb.roles.contains($0) && $0 != .none }
            writer.member("roles", roles.map(\.rawValue))
            writer.member("changing", verb.isChanging)
            writer.member("streams", verb.isStreaming)
            writer.member("needs_tenant", verb.needsTenant)
            writer.member("other_arguments", verb.others)
            writer.name("parameters")
            writer.beginArray()
            for parameter in verb.allParameters {
                writer.beginObject()
                writer.member("name", parameter.name)
                writer.member("type", parameter.kind.rawValue)
                writer.member("required", parameter.isRequired)
                writer.member("summary", parameter.summary)
                writer.endObject()
            }
            writer.endArray()
        }
    }
}
