import ChannelKit

extension Details {
    /// The payload with some members added or replaced, as canonical JSON text.
    func setting(_ members: [JSON.Member]) -> JSONFragment {
        var writer = JSONWriter()
        writer.json(JSON.object((json.objectValue ?? []) + members).canonical)
        return writer.finish()
    }
}
