internal import ChannelKit
internal import Registry
internal import StrictJSON
internal import Transfer

/// What a request asks of an import.
struct ImportRequest: Sendable {
    let file: FileArgument
    let mode: ImportMode
    let isDryRun: Bool
    /// Nil to tell it from the bytes.
    let charset: Charset?
    let mapping: [String: ImportField]
    let options: ImportOptions

    static let parameters: [Parameter] =
        FileArgument.parameters + [
            .optional(
                "mode", .text, "what becomes of the import with rows that cannot be taken: skip-bad or all-or-nothing"),
            .optional(
                "dry_run", .flag, "shows what each column is taken for and what would happen, and changes nothing"),
            .optional(
                "charset", .text, "what the file is written in, such as windows-1252; needed where it cannot be told"),
            .optional(
                "mapping", .object,
                "fields for columns, by header or number: {\"Spalte 3\":\"email\",\"Hobby\":\"ignore\"}"),
            .optional("tag", .words, "tags for every customer of the file"),
            .optional("channel", .text, "the channel whose ids the file holds"),
            .optional("overwrite", .flag, "lets values of the file replace others; blank cells never do"),
        ]

    init(_ invocation: TenantInvocation) throws(CommandError) {
        let arguments = invocation.arguments
        file = try FileArgument(invocation)
        mode = try arguments.word("mode", ImportMode.self) ?? .skipBad
        isDryRun = arguments.flag("dry_run") ?? false
        charset = try arguments.text("charset").map { (name) throws(CommandError) in
            guard let charset = Charset(named: name) else {
                let known = Charset.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badValue("charset", "one of \(known) is needed")
            }
            return charset
        }
        mapping = try Self.mapping(arguments)
        var options = ImportOptions()
        options.channel = arguments.text("channel")
        if let channel = options.channel { try invocation.require(channel: channel) }
        options.overwrites = arguments.flag("overwrite") ?? false
        options.tags = arguments.words("tag")
        self.options = options
    }

    private static func mapping(_ arguments: Arguments) throws(CommandError) -> [String: ImportField] {
        var mapping: [String: ImportField] = [:]
        for member in arguments.json("mapping")?.objectValue ?? [] {
            guard let word = member.value.stringValue, let field = ImportField(word: word) else {
                let known = ImportField.simpleWords.joined(separator: ", ")
                throw .badValue(
                    "mapping", "\(member.name): one of \(known), billing.city and the like, custom:<name> is needed")
            }
            mapping[member.name] = field
        }
        return mapping
    }
}
