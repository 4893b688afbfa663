extension Details {
    /// A member as a line for people; nil when it holds no text.
    ///
    /// Never refuses: stored details were checked when they came, and what is no text has been erased since.
    public func line(_ label: String, _ name: String) -> DetailLine? {
        // What is no text has no line.
        guard let text = try? text(name), !text.isEmpty else { return nil }
        return DetailLine(label, text)
    }
}
