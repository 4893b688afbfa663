import ChannelKit

extension Details {
    /// A member as a line for people; nil when it holds no text.
    func line(_ label: String, _ name: String) -> DetailLine? {
        // Stored details were checked when they came; what is no text has been erased since and has no line.
        guard let text = try? text(name), !text.isEmpty else { return nil }
        return DetailLine(label, text)
    }
}
