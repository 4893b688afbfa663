import Foundation
import StrictJSON

extension ControlConnection {
    /// Bytes of a file in one `upload.append`; 480 KiB as base64, of the 512 KiB that a line may carry.
    private static let pieceSize = 360 << 10

    /// Uploads the file of every argument `upload=@path`; the path `-` is standard input.
    ///
    /// - Parameters:
    ///   - arguments: The arguments of a request.
    ///   - tenant: Whom the lines are for; nil leaves that to the connection.
    /// - Returns: The arguments, those replaced by `upload=name` of an upload that holds the file.
    /// - Throws: ``ClientError/unreadableFile(path:code:)``, ``ClientError/refused(_:)`` and what
    ///   ``reply()`` throws.
    public func uploadingFiles(in arguments: [String], tenant: String?) throws(ClientError) -> [String] {
        var result: [String] = []
        for argument in arguments {
            if let path = RequestLine.uploadPath(in: argument) {
                result.append("upload=\(try upload(path, tenant: tenant))")
            } else {
                result.append(argument)
            }
        }
        return result
    }

    /// Sends a file piece by piece and returns the name of its upload.
    private func upload(_ path: String, tenant: String?) throws(ClientError) -> String {
        let file = open(path == "-" ? "/dev/stdin" : path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .unreadableFile(path: path, code: errno) }
        defer { close(file) }
        let begun = try step("upload.begin", [], tenant)
        guard let name = begun["upload"]?.stringValue else { throw .unknownAnswer(begun.text) }
        while let piece = try Self.piece(of: file, at: path) {
            _ = try step("upload.append", [name, "data=\(piece.base64EncodedString())"], tenant)
        }
        return name
    }

    private func step(_ verb: String, _ arguments: [String], _ tenant: String?) throws(ClientError) -> JSON {
        let reply = try ask(RequestLine.line(tenant: tenant, verb: verb, arguments: arguments))
        if let failure = reply.error { throw .refused(failure) }
        return reply.ok ?? .object([])
    }

    /// The next piece, full unless it is the last; nil at the end.
    ///
    /// A pipe gives less than asked for.
    private static func piece(of file: Int32, at path: String) throws(ClientError) -> Data? {
        var piece = Data(count: pieceSize)
        var filled = 0
        while filled < pieceSize {
            let count = piece.withUnsafeMutableBytes { bytes in
                let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
                return read(file, rest.baseAddress, rest.count)
            }
            if count == 0 { break }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .unreadableFile(path: path, code: errno) }
            filled += count
        }
        return filled == 0 ? nil : piece.prefix(filled)
    }
}
