internal import ChannelKit
internal import Hosting
internal import StrictJSON
internal import Wire

enum VerifyVerbs {
    static let all = [verify, drill]

    private static let verify = Verb(
        "tenant.verify",
        "checks a tenant's file: pages and indexes, references, customers' totals, the coupons' ledger, the feed of "
            + "events, the search index, the channels' tables and the numbers given out",
        roles: [.staff],
        [.optional("quick", .flag, "leaves out what reads every index: a tenth of the time")],
        .job(isChanging: false) { invocation in
            let isQuick = invocation.arguments.flag("quick") ?? false
            return { job in
                let profile = job.invocation.profile
                // One look for all of them, so that what is counted and what it is compared with fit together.
                let found = try job.read { transaction in
                    try TenantCheck.allCases.enumerated().map { index, check in
                        try job.progress(done: index, total: TenantCheck.allCases.count)
                        return (check, try check.problems(transaction, profile, isQuick: isQuick))
                    }
                }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("ok", found.allSatisfy(\.1.isEmpty))
                            writer.member("quick", isQuick)
                            for (check, problems) in found { writer.member(check.rawValue, problems) }
                        }))
            }
        })

    private static let drill = Verb(
        "tenant.drill",
        "tries to restore the newest backup in a scratch file: copies it, counts its rows, brings it up to date and "
            + "checks it as tenant.verify does; nothing of the tenant changes",
        roles: [], [TenantVerbs.name],
        .hostJob(isChanging: false) { invocation in
            let name = try invocation.requiredTenantName()
            return { job in
                let drill = try job.invocation.services.host.drill(name) { try job.progress(done: $0, total: $1) }
                return Reply(
                    outcome: .ok(
                        JSONWriter.object { writer in
                            writer.member("tenant", name.description)
                            writer.members(of: drill)
                        }))
            }
        })
}

extension JSONWriter {
    /// The members of the open object that tell of a drill.
    mutating func members(of drill: RestoreDrill) {
        member("ok", drill.isSound)
        member("backup", drill.backup)
        member("at", drill.at)
        member("rows", drill.rows)
        member("migrations", drill.migrations)
        member("milliseconds", drill.milliseconds)
        member("problems", drill.problems)
    }
}
