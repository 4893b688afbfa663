/// What a channel's verb answers.
public enum ChannelReply: Sendable, Equatable {
    /// One thing, a JSON object.
    case ok(JSONFragment)
    /// A page of a list, each row a JSON object, and where the next page begins; nil at the end.
    case list([JSONFragment], next: [JSON]? = nil)

    /// One thing, written member by member.
    public static func ok(_ write: (inout JSONWriter) -> Void) -> ChannelReply {
        .ok(JSONWriter.object(write))
    }
}
