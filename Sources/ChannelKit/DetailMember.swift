/// A member of a channel's details that whoever submits an order may give.
public struct DetailMember: Sendable, Equatable {
    public let path: DetailPath
    /// What it holds, in a line for people.
    public let summary: String

    /// A member by its path written with points, such as "tickets.attendee".
    public init(_ path: String, _ summary: String) {
        self.path = DetailPath(text: path)
        self.summary = summary
    }
}
