internal import ChannelKit
internal import Foundation
internal import Hosting

/// A file that a request brings: an upload, or bytes in the request itself.
enum FileArgument: Sendable {
    case upload(Upload)
    case bytes([UInt8])

    /// The parameters by which a verb takes a file.
    static let parameters: [Parameter] = [
        .optional("upload", .text, "the file, as upload.begin named it"),
        .optional("text", .text, "or the file's text itself", maximum: 768 << 10),
        .optional("data", .text, "or the file in base64", maximum: 768 << 10),
    ]

    /// - Throws: ``CommandError`` unless exactly one file is there.
    init(_ invocation: TenantInvocation) throws(CommandError) {
        let arguments = invocation.arguments
        let given = ["upload", "text", "data"].filter(arguments.has)
        guard let first = given.first else { throw .missingArgument("upload") }
        guard given.count == 1 else { throw .badValue(given[1], "one file is enough") }
        let text = arguments.required(first)
        switch first {
        case "upload": self = .upload(try invocation.uploads.upload(text, of: invocation.tenant.name))
        case "text": self = .bytes(Array(text.utf8))
        default:
            guard let data = Data(base64Encoded: text) else { throw .badValue("data", "base64 is needed") }
            self = .bytes([UInt8](data))
        }
    }

    /// Bytes in all.
    var count: Int64 {
        switch self {
        case .upload(let upload): upload.count
        case .bytes(let bytes): Int64(bytes.count)
        }
    }

    /// At most `count` bytes from `offset`; none at the end; blocks.
    ///
    /// - Throws: What the file system says.
    func read(at offset: Int64, count: Int) throws -> [UInt8] {
        switch self {
        case .upload(let upload): try upload.read(at: offset, count: count)
        case .bytes(let bytes): Array(bytes.dropFirst(Int(clamping: offset)).prefix(count))
        }
    }
}
