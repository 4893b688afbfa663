internal import ChannelKit

/// All the times a case is to be tried with a channel.
struct Instances {
    private let subject: Subject
    private let host: ScratchHost
    private let mutationLimit: Int

    init(_ subject: Subject, _ host: ScratchHost, mutationLimit: Int) {
        self.subject = subject
        self.host = host
        self.mutationLimit = mutationLimit
    }

    /// What is wrong about a case that was tried with these; nil when it could be tried at all.
    static func missing(_ instances: [Instance]) -> String? {
        let lost = instances.filter { $0.names["canaries"]?.arrayValue?.isEmpty == true }.map(\.label)
        return lost.isEmpty ? nil : "no sample has a text in \(lost.joined(separator: ", "))"
    }

    func all(of subjects: Case.Subjects) -> [Instance] {
        switch subjects {
        case .once: [instance("", [:])]
        case .order:
            subject.samples.orders.enumerated().map { index, order in
                instance("sample \(index + 1)", ["order": order])
            }
        case .refused:
            subject.samples.refused.map { instance("", ["order": $0.order, "refusal": .string($0.refusal)]) }
        case .mutation: mutations()
        case .state: states()
        case .personal: planted(personal)
        case .staff: planted(subject.descriptor.staffDetails)
        case .setting: settings(isGood: true)
        case .badSetting: settings(isGood: false)
        case .verb: spread(subject.verbs.flatMap(garbage)).map { instance($0.label, $0.values) }
        }
    }

    private func instance(_ label: String, _ values: [String: JSON]) -> Instance {
        var names = subject.samples.names
        names["order"] = subject.samples.orders[0]
        names["sample"] = subject.samples.orders[0]
        for (name, value) in values { names[name] = value }
        return Instance(label, names, host.next())
    }

    private func mutations() -> [Instance] {
        let all = subject.samples.orders.flatMap { order in
            Mutations.all(of: order["details"] ?? .object([])).map { (order: order, mutation: $0) }
        }
        return spread(all).map { order, mutation in
            instance("details.\(mutation.label)", ["order": order.setting("details", mutation.json)])
        }
    }

    /// As many as are to be tried, spread over all, so that every place and every kind has its share.
    private func spread<Element>(_ all: [Element]) -> [Element] {
        var step = max(1, all.count / max(1, mutationLimit))
        if step.isMultiple(of: Mutations.replacements.count + 1) { step += 1 }
        return stride(from: 0, to: all.count, by: step).map { all[$0] }
    }

    private func states() -> [Instance] {
        subject.descriptor.states.map { state in
            instance(state.name, ["state": .string(state.name), "common": .string(state.state.rawValue)])
        }
    }

    // MARK: What is kept about people

    /// What staff wrote for themselves is not for the customer, whoever it is about.
    private var personal: [DetailPath] {
        subject.descriptor.personalDetails.filter { !subject.descriptor.staffDetails.contains($0) }
    }

    /// For each place, every sample that has a text there, with a canary in its stead.
    private func planted(_ paths: [DetailPath]) -> [Instance] {
        paths.flatMap { path in
            let all = subject.samples.orders.enumerated().map {
                planted(path, in: $1, "details.\(path.text) of sample \($0 + 1)")
            }
            let found = all.filter { $0.names["canaries"]?.arrayValue?.isEmpty == false }
            return found.isEmpty ? [instance("details.\(path.text)", ["canaries": .array([])])] : found
        }
    }

    private func planted(_ path: DetailPath, in order: JSON, _ label: String) -> Instance {
        var canaries = Canaries(from: 100_000 + host.next() * 50)
        let details = canaries.plant(at: path, in: order["details"] ?? .object([]))
        return instance(
            label,
            [
                "order": order.setting("details", details),
                "canaries": .array(canaries.planted.map { .string($0) }),
            ])
    }

    // MARK: Settings and verbs

    private func settings(isGood: Bool) -> [Instance] {
        let fixed = JSON.Member(name: "channel", value: .string(subject.descriptor.id))
        return subject.descriptor.settings.flatMap { setting in
            let good: [String]
            let bad: [String]
            switch setting.kind {
            case .text: (good, bad) = ([setting.standard], [])
            case .flag: (good, bad) = (["true", "false"], ["perhaps", "", "1"])
            case .oneOf(let words): (good, bad) = (words, ["kit-none", ""])
            }
            return (isGood ? good : bad).map { value in
                func change(_ value: String) -> JSON {
                    .object([fixed, JSON.Member(name: setting.name, value: .string(value))])
                }
                return instance(
                    "\(setting.name)=\(value)", ["change": change(value), "restore": change(setting.standard)])
            }
        }
    }

    /// A verb with every kind of thing in place of each argument, and without any.
    private func garbage(for verb: ChannelVerb.Declaration) -> [(label: String, values: [String: JSON])] {
        let name = JSON.string("\(subject.descriptor.id).\(verb.name)")
        let bad = verb.parameters.flatMap { parameter in
            Mutations.replacements.map { replacement in
                (
                    label: "\(verb.name) with \(parameter.name) \(replacement.label)",
                    values: [
                        "verb": name,
                        "arguments": JSON.object([JSON.Member(name: parameter.name, value: replacement.value)]),
                    ]
                )
            }
        }
        return [("\(verb.name) without arguments", ["verb": name, "arguments": .object([])])] + bad
    }
}
