/// Paragraphs whose lines the sender's program broke. <https://www.rfc-editor.org/rfc/rfc3676>
enum FlowedText {
    /// The text with one line for each paragraph.
    ///
    /// - Parameters:
    ///   - text: Lines end in LF; those that end in a space go on in the next line of the same quoting.
    ///   - dropsSpace: Whether that space is not part of the text.
    /// - Returns: Lines end in LF.
    static func joined(_ text: String, dropsSpace: Bool) -> String {
        var result: [String] = []
        var goesOn: Int?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let marks = line.prefix { $0 == ">" }
            var content = line[marks.endIndex...]
            if content.hasPrefix(" ") { content = content.dropFirst() }
            let isSignature = content == "-- "
            let isSoft = content.hasSuffix(" ") && !isSignature
            if isSoft, dropsSpace { content = content.dropLast() }
            if goesOn == marks.count, !isSignature, let last = result.indices.last {
                result[last] += content
            } else {
                result.append(marks.isEmpty ? String(content) : "\(marks) \(content)")
            }
            goesOn = isSoft ? marks.count : nil
        }
        return result.joined(separator: "\n")
    }
}
