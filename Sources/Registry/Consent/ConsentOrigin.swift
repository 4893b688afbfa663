/// How a statement reached the registry: only what the person says anew undoes an objection.
public enum ConsentOrigin: String, Sendable, CaseIterable {
    /// The person says it: in the own account, or with a link from a mail.
    case person
    /// Staff take down what the person said.
    case staff
    /// A channel passes on what was said in its checkout or form.
    case checkout
    /// A file or another system says it was so.
    case `import`
    /// Another record of the same person had it.
    case merge
    /// The person called a mail unwanted.
    case complaint
    /// Mail came back.
    case bounce
    /// The suppression list knows the contact.
    case suppression
    /// The person had everything erased.
    case erasure

    /// What an actor's statement is, where nothing else is said.
    init(of actor: Actor) {
        switch actor {
        case .operator, .staff: self = .staff
        case .channel: self = .checkout
        case .customer: self = .person
        case .system: self = .import
        }
    }
}
