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

extension ChannelDescriptor {
    /// What the details of the channel's orders hold, line by line.
    var helpLines: [String] {
        guard !details.isEmpty else { return ["\(id): \(title); it does not list what its orders' details may hold"] }
        let width = details.map(\.path.text.count).max() ?? 0
        return ["\(id): \(title); its orders' details may hold"]
            + details.map { detail in
                let name = detail.path.text
                return "  \(name)\(String(repeating: " ", count: width + 2 - name.count))\(detail.summary)"
            }
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
