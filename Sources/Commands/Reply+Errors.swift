internal import Foundation
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

extension Reply {
    /// The one place where an error becomes an answer.
    ///
    /// What the caller may read is said; everything else is logged under an incident id and answered with that alone.
    static func failure(for error: any Error) -> Failure {
        switch error {
        case let failed as BatchFailure:
            var failure = failed.failure
            failure.details.insert(JSON.Member(name: "index", value: .number(String(failed.index))), at: 0)
            return failure
        case let refusal as any Refusal:
            return Failure(
                status: Status(rawValue: refusal.kind.rawValue) ?? .internal, slug: refusal.slug,
                message: refusal.description, details: refusal.details)
        case let error as ValueError:
            return Failure(status: .badRequest, slug: "bad-value", message: error.description, details: [])
        case let error as StorageError where error.isDiskFull:
            Log.error("disk full", ["error": error.description])
            return diskFull
        case let error as StorageError where error.isReadOnly:
            return failure(for: HostError.readOnlyFile)
        case let error as POSIXError where [.ENOSPC, .EDQUOT].contains(error.code):
            Log.error("disk full", ["error": String(describing: error)])
            return diskFull
        case let error as POSIXError where error.code == .EROFS:
            return failure(for: HostError.readOnlyFile)
        case let error as POSIXError where [.EMFILE, .ENFILE].contains(error.code):
            return failure(for: HostError.tooManyFiles)
        case let error as StorageError where error.isCorrupt:
            Log.error("damaged file", ["error": error.description])
            return failure(for: HostError.damagedFile)
        case let lost as TransactionLost:
            return failure(for: lost.cause)
        default:
            let incident = UUID().uuidString.lowercased()
            Log.error("internal error", ["incident": incident, "error": String(describing: error)])
            return Failure(
                status: .internal, slug: "internal", message: "something went wrong here; it has been logged",
                details: [JSON.Member(name: "incident", value: .string(incident))])
        }
    }

    /// Logs an error that its caller is not told, or not all of it.
    static func log(_ error: any Error) {
        Log.error("not told", ["error": String(describing: error)])
    }

    private static var diskFull: Failure {
        Failure(status: .diskFull, slug: "disk-full", message: "the disk is full; nothing was changed", details: [])
    }
}

/// A request of a batch was refused, and with it the batch.
struct BatchFailure: Error {
    /// Counted from 0.
    let index: Int
    let failure: Failure
}
