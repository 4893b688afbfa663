import Foundation
import TestSupport

/// A daemon at work under the library that traces it, and what it promised.
struct Recording {
    let disk: Disk
    let answers: Answers
    let claims: [Claim]
    /// What holds at any time where nothing was answered meanwhile; nil where that is told by the answers.
    private let facts: [Fact]?
    /// Where the trace is, with the claims beside it.
    let folder: String

    private static let root = "tenants"

    /// Records a load on a daemon in an empty folder, and cuts the daemon off in the end.
    ///
    /// - Parameters:
    ///   - folder: Where to; empty.
    ///   - size: How much load.
    ///   - fault: Syncs that are left out, as the library calls them.
    ///   - isCramped: Whether tenants are closed, logs written back and connections moved all the time.
    /// - Throws: What keeps the daemon from answering as it should.
    init(in folder: String, size: Int, fault: String = "", isCramped: Bool = true) throws {
        let daemon = try Self.start(in: folder, fault: fault, isCramped: isCramped)
        let claims = try Load(size: size, socket: daemon.socket).run()
        daemon.kill()
        try JSONEncoder().encode(claims).write(to: URL(fileURLWithPath: "\(folder)/claims.json"))
        try self.init(kept: folder)
    }

    /// Records what a daemon does with a folder until it serves, and cuts it off; the claims of the folder still hold.
    init(ofRecoveryIn folder: String, from earlier: Recording, after loss: Loss) throws {
        try earlier.disk.make("\(folder)/\(Self.root)", after: loss)
        try FileManager.default.copyItem(atPath: "\(folder)/\(Self.root)", toPath: "\(folder)/base")
        try Self.start(in: folder, isCramped: true).kill()
        disk = try Disk(Trace("\(folder)/trace", root: "\(folder)/\(Self.root)"), base: "\(folder)/base")
        (answers, claims, self.folder) = (earlier.answers, earlier.claims, folder)
        facts = earlier.facts(at: loss.cut)
    }

    /// Reads what was recorded before.
    init(kept folder: String) throws {
        // The folder may have another name than it had.
        let root = try String(contentsOfFile: "\(folder)/root", encoding: .utf8)
        let trace = try Trace("\(folder)/trace", root: root)
        disk = try Disk(trace)
        answers = Answers(trace)
        claims = try JSONDecoder().decode(
            [Claim].self, from: Data(contentsOf: URL(fileURLWithPath: "\(folder)/claims.json")))
        (facts, self.folder) = (nil, folder)
    }

    private static func start(in folder: String, fault: String = "", isCramped: Bool) throws -> RunningDaemon {
        let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path + "/" + Self.root
        try root.write(toFile: "\(folder)/root", atomically: true, encoding: .utf8)
        return try RunningDaemon(
            in: folder,
            environment: [
                "LD_PRELOAD": Products.path(of: "libPowerTrace.so"), "POWER_ROOT": root,
                "POWER_TRACE": "\(folder)/trace", "POWER_SWALLOW": fault, "POWER_CHECKPOINT": isCramped ? "60" : "",
            ], options: ["--journal", "16384"] + (isCramped ? ["--open-tenants", "2", "--connections", "1"] : []))
    }

    /// Keeps what is needed to make the same losses again.
    func keep() throws -> String {
        let kept = "\(NSTemporaryDirectory())patron-power-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: true)
        for file in ["trace", "root", "claims.json"] {
            try FileManager.default.copyItem(atPath: "\(folder)/\(file)", toPath: "\(kept)/\(file)")
        }
        return kept
    }

    /// What was promised before a cut.
    func facts(at cut: Int) -> [Fact] { facts ?? answers.facts(claims, at: cut) }

    /// What is wrong after a loss, in a scratch folder.
    func problems(after loss: Loss) throws -> [String] {
        try withTemporaryDirectory { scratch in
            try disk.make(scratch, after: loss)
            return try Inspection(folder: scratch, facts: facts(at: loss.cut)).problems()
        }
    }
}
