internal import StrictJSON

/// One thing that is to hold, told by what is asked and what must come.
struct Case: Sendable {
    /// What a case is repeated for.
    enum Subjects: String, Sendable, CaseIterable {
        case once
        /// Each sample order, as `$order`.
        case order
        /// Each refused sample, as `$order` with its `$refusal`.
        case refused
        /// Each single change for the worse of each sample's details, as `$order`.
        case mutation
        /// Each state of the channel, as `$state` with the `$common` one it stands for; `$order` is the first sample.
        case state
        /// Each place of personal details, planted: `$order`, `$canaries`.
        case personal
        /// Each place of staff details, planted: `$order`, `$canaries`.
        case staff
        /// Each good value of each setting, as `$change`, and how to take it back, as `$restore`.
        case setting
        /// Each bad value of each setting that has one, as `$change`.
        case badSetting = "bad-setting"
        /// Each verb of the channel with bad arguments, as `$verb` and `$arguments`.
        case verb
    }

    /// What a case needs of a channel; without it the case is left out.
    enum Condition: String, Sendable {
        case anonymousOrders = "anonymous-orders"
        case ownExternalIDs = "own-external-ids"
        /// The channel runs in a process of its own.
        case child
    }

    let title: String
    let subjects: Subjects
    let condition: Condition?
    let steps: [Step]

    init(_ json: JSON) throws {
        for member in json.objectValue ?? [] where !["case", "for", "when", "steps"].contains(member.name) {
            throw KitError.badSamples("a case has no \(member.name): case, for, when, steps")
        }
        guard let title = json["case"]?.stringValue, let steps = json["steps"]?.arrayValue else {
            throw KitError.badSamples("a case is {\"case\":\"what holds\",\"steps\":[…]}")
        }
        self.title = title
        self.steps = try steps.map { try Step($0) }
        subjects = try Self.word(json["for"], Subjects.init) ?? .once
        condition = try Self.word(json["when"], Condition.init)
    }

    private static func word<Word>(_ json: JSON?, _ read: (String) -> Word?) throws -> Word? {
        guard let json else { return nil }
        guard let word = json.stringValue.flatMap(read) else {
            throw KitError.badSamples("a case knows no \(json.text)")
        }
        return word
    }
}
