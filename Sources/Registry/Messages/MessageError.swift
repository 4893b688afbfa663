public import StrictJSON

/// Why a mail could not be queued, found or changed.
public enum MessageError: Refusal, Equatable {
    case noMail
    case noThread
    case noMessage
    case noMailing
    case noUnsubscribePage
    case mailingDiffers
    case mailingCancelled
    case countDiffers(count: Int)
    case noAddress
    case notSubscribed
    case badSubject
    case blank
    case notWaiting(MailState)
    case secretGone

    public var kind: RefusalKind {
        switch self {
        case .noMail, .noThread, .noMessage, .noMailing: .notFound
        case .noAddress, .notSubscribed, .noUnsubscribePage: .rejected
        case .badSubject, .blank: .badRequest
        case .notWaiting, .secretGone, .mailingDiffers, .mailingCancelled, .countDiffers: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .noMail: "no-mail"
        case .noThread: "no-thread"
        case .noMessage: "no-message"
        case .noMailing: "no-mailing"
        case .noUnsubscribePage: "no-unsubscribe-page"
        case .mailingDiffers: "key-reused"
        case .mailingCancelled: "cancelled"
        case .countDiffers: "count-differs"
        case .noAddress: "no-address"
        case .notSubscribed: "not-subscribed"
        case .badSubject, .blank: "bad-value"
        case .notWaiting: "not-waiting"
        case .secretGone: "secret-gone"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .noMail, .noThread, .noMessage, .noMailing, .noAddress, .notSubscribed, .secretGone, .noUnsubscribePage,
            .mailingDiffers, .mailingCancelled:
            []
        case .countDiffers(let count): [JSON.Member(name: "count", value: .integer(Int64(count)))]
        case .badSubject: [JSON.Member(name: "argument", value: .string("subject"))]
        case .blank: [JSON.Member(name: "argument", value: .string("text"))]
        case .notWaiting(let state): [JSON.Member(name: "state", value: .string(state.rawValue))]
        }
    }

    public var description: String {
        switch self {
        case .noMail: "there is no such mail"
        case .noThread: "this customer has no such conversation"
        case .noMessage: "no such message waits for somebody to say whose it is"
        case .noMailing: "there is no such mailing"
        case .noUnsubscribePage: "set link.url first: the page where one click unsubscribes"
        case .mailingDiffers: "another mailing was begun under this key"
        case .mailingCancelled: "this mailing has been cancelled"
        case .countDiffers(let count): "the mailing would reach \(count) customers; look again with preview=true"
        case .noAddress: "this customer has no e-mail address"
        case .notSubscribed: "this customer has not agreed to get the newsletter"
        case .badSubject: "subject: one line of at most 400 bytes is needed"
        case .blank: "a message needs text"
        case .notWaiting(let state): "this mail is \(state.rawValue)"
        case .secretGone: "the link or code of this mail is gone; have a new one sent"
        }
    }
}
