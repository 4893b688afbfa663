extension Details {
    /// The payload with some members added or replaced, as canonical JSON text.
    public func setting(_ members: [JSON.Member]) -> JSONFragment {
        // Of equal names the canonical text keeps the last.
        JSONFragment(of: JSON.object((json.objectValue ?? []) + members).canonical)
    }
}
