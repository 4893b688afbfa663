internal import ControlClient
internal import Glibc
internal import StrictJSON

/// Carries out the steps of a case once.
struct CaseRun {
    private var names: Names
    private let fresh: Placeholders
    private let host: ScratchHost

    init(_ instance: Instance, _ host: ScratchHost) {
        self.host = host
        fresh = Placeholders(instance.number)
        names = instance.names
        names["channel"] = .string(host.channel)
        names["unknown_verb"] = .string("\(host.channel).kit-none")
        names["number"] = .number(String(instance.number))
        names["ext"] = .string("kit-\(instance.number)")
        names["buyer"] = .object([
            JSON.Member(name: "email", value: .string("kit-\(instance.number)@example.org")),
            JSON.Member(name: "name", value: .string("Kit Person \(instance.number)")),
        ])
        for name in ["order", "sample"] {
            if let order = names[name] { names[name] = fresh.filled(completed(order)) }
        }
    }

    /// What goes wrong in the first step that does; nil when all is as expected.
    ///
    /// - Throws: ``KitError/unknownName(_:)``, `ClientError`.
    mutating func failure(of steps: [Step]) throws -> String? {
        for step in steps {
            if let failure = try failure(of: step, isElsewhere: step.isElsewhere) { return failure }
        }
        return nil
    }

    mutating func failure(of step: Step, isElsewhere: Bool) throws -> String? {
        switch step.action {
        case .ask(let verb, let parameters):
            let verb = try names.filled(verb)
            let filled = try parameters.map { fresh.filled(try names.filled($0)) }
            let request = filled.reduce(JSON.object([])) { $0.merging($1) }
            return try failure(of: step, verb, request, isElsewhere)
        case .searchFiles(let texts):
            let found = try host.files(holding: try list(texts), isElsewhere: isElsewhere)
            return found.isEmpty ? nil : "it is still found in \(found.sorted().joined(separator: ", "))"
        case .killChild:
            guard let child = try host.child() else { return "the channel has no process to end" }
            kill(child, SIGKILL)
            return try host.waitForChild(after: child) ? nil : "the channel is not there again"
        }
    }

    private mutating func failure(
        of step: Step, _ verb: String, _ request: JSON, _ isElsewhere: Bool
    ) throws -> String? {
        if step.callers > 1 {
            let replies = try host.ask(verb, request, isElsewhere: isElsewhere, callers: step.callers)
            return try difference(of: replies, from: step).map { "\(verb): \($0)" }
        }
        var reply = try host.ask(verb, request, isElsewhere: isElsewhere)
        var tries = step.patience * 20
        while try difference(of: reply, from: step) != nil, tries > 0 {
            usleep(50_000)
            tries -= 1
            reply = try host.ask(verb, request, isElsewhere: isElsewhere)
        }
        if let difference = try difference(of: reply, from: step) { return "\(verb): \(difference)" }
        for (name, path) in step.kept {
            guard let value = path.isEmpty ? reply.ok : reply.ok?[path] else { return "\(verb): it answers no \(path)" }
            names[name] = value
        }
        return nil
    }

    /// What of the answers to several callers is not as expected.
    private func difference(of replies: [ClientReply], from step: Step) throws -> String? {
        for reply in replies {
            if let difference = try difference(of: reply, from: step) { return difference }
        }
        guard let once = step.once else { return nil }
        let expected = fresh.filled(try names.filled(once))
        let count = replies.count { $0.ok?.difference(from: expected) == nil && $0.ok != nil }
        return count == 1 ? nil : "\(expected.text) expected of one of \(replies.count), it is in \(count)"
    }

    /// What of an answer is not as expected.
    private func difference(of reply: ClientReply, from step: Step) throws -> String? {
        let text = (reply.rows + [reply.ok ?? .null, reply.error?.body ?? .null]).map(\.text).joined(separator: "\n")
        if let lost = try list(step.holds).first(where: { !text.contains($0) }) {
            return "\(lost) is not in the answer"
        }
        if let held = try list(step.lacks).first(where: { text.contains($0) }) { return "\(held) is in the answer" }
        let came = reply.error.map { "\($0.code) \($0.slug)" } ?? "OK"
        let said = reply.error.map { " (\($0.message))" } ?? ""
        if reply.ok?["parked"] != nil { return "the channel could not be asked: \(text)" }
        switch step.expectation {
        case .ok(let expected):
            guard let ok = reply.ok else { return "OK expected, \(came) came\(said)" }
            return ok.difference(from: fresh.filled(try names.filled(expected)))
        case .refused(let refusals):
            let expected = try refusals.map { try names.filled($0) }
            if expected.contains(came) { return nil }
            return "\(expected.joined(separator: " or ")) expected, \(came) came\(said)"
        case .clean:
            guard let error = reply.error else { return nil }
            if (400..<500).contains(error.code), !error.slug.isEmpty, !error.message.isEmpty { return nil }
            return "OK or a refusal (4xx) expected, \(came) came\(said)"
        }
    }

    /// A list of texts, or what is known under its name.
    private func list(_ json: JSON?) throws -> [String] {
        guard let json else { return [] }
        let filled = try fresh.filled(names.filled(json))
        return (filled.arrayValue ?? [filled]).compactMap(\.stringValue)
    }

    /// A sample as `order.register` takes it.
    private func completed(_ order: JSON) -> JSON {
        var order = order.setting("channel", .string(host.channel))
        if order["ext"] == nil { order = order.setting("ext", names["ext"] ?? .null) }
        return order
    }
}
