internal import Hosting

/// All verbs, by name.
final class VerbTable: Sendable {
    /// In the order `help` lists them.
    let verbs: [Verb]
    private let byName: [String: Verb]

    /// - Parameter channels: Their own verbs come last.
    convenience init(_ channels: ChannelCatalog) {
        let nouns: [[Verb]] = [
            ServerVerbs.all,
            TenantVerbs.all,
            BackupVerbs.all,
            ArchiveVerbs.all,
            MoveVerbs.all,
            VerifyVerbs.all,
            AuditVerbs.all,
            TokenVerbs.all,
            UploadVerbs.all,
            CustomerVerbs.all,
            ImportVerbs.all,
            ExportVerbs.all,
            PrintVerbs.all,
            TagVerbs.all,
            GroupVerbs.all,
            AddressVerbs.all,
            SegmentVerbs.all,
            BulkVerbs.all,
            NoteVerbs.all,
            StandingVerbs.all,
            MergeVerbs.all,
            ErasureVerbs.all,
            FieldVerbs.all,
            DuplicateVerbs.all,
            CommentVerbs.all,
            StaffVerbs.all,
            InboxVerbs.all,
            OrderVerbs.all,
            CouponVerbs.all,
            ConsentVerbs.all,
            AccountVerbs.all,
            SelfVerbs.all,
            SelfAddressVerbs.all,
            ChannelVerbs.all,
            TimelineVerbs.all,
            EventVerbs.all,
            MessageVerbs.all,
            OutboxVerbs.all,
            MailingVerbs.all,
            PluginVerbs.all,
            ParkedVerbs.all,
        ]
        self.init(nouns.flatMap(\.self) + channels.sources.flatMap(ChannelOwnVerbs.all))
    }

    private init(_ verbs: [Verb]) {
        self.verbs = verbs
        byName = Dictionary(verbs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: ``CommandError/unknownVerb(_:suggestion:)`` with the nearest verb there is.
    func verb(_ name: String) throws(CommandError) -> Verb {
        guard let verb = byName[name] else { throw .unknownVerb(name, suggestion: suggestion(for: name)) }
        return verb
    }

    /// Whether there is such a verb and its change may share a transaction.
    func isTransactional(_ name: String) -> Bool {
        byName[name]?.isTransactional ?? false
    }

    private func suggestion(for name: String) -> String? {
        let distances = verbs.map { (verb: $0.name, distance: Self.distance(name, $0.name)) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }),
            nearest.distance <= min(3, name.utf8.count / 3)
        else { return nil }
        return nearest.verb
    }

    /// How many letters must be put in, taken out or changed (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (i, letter) in left.utf8.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let change = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j + 1] + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
