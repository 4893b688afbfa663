import ChannelKit

extension ManualEntry {
    static let details: [DetailMember] = [
        .init("source", "where it came from: \(Source.allCases.map(\.rawValue).joined(separator: ", ")); needed"),
        .init("staff", "who entered it; the caller where absent"),
        .init("occurred_at", "when it was agreed; now where absent"),
        .init("verbal_consent.heard_by", "who heard the buyer agree"),
        .init("note", "what staff want to know of it; the customer does not see it"),
        .init("address", "an id of the customer's address book, or an object"),
    ]
}
