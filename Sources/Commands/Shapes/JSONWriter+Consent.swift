internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// Where a customer stands, and the evidence.
    static func consent(
        _ states: [ConsentState], _ evidence: [ConsentEvidence], of customer: CustomerID
    ) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("customer", customer.rawValue)
            writer.states(of: states)
            writer.name("evidence")
            writer.beginArray()
            for piece in evidence {
                writer.beginObject()
                writer.evidence(piece)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    /// The answer to an unsubscribe link: the same shape, without a word of whose it was.
    static func consentEnded(_ purpose: ConsentPurpose, at: Instant) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("customer", JSON.null)
            writer.states([(purpose, .unsubscribed, at)])
            writer.member("evidence", JSON.array([]))
        }
    }

    static func wording(_ wording: ConsentWording) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("purpose", wording.purpose.rawValue)
            writer.member("version", wording.version)
            writer.member("text", wording.text)
            writer.member("actor", wording.actor)
            writer.member("at", wording.at.text)
        }
    }
}

extension JSONWriter {
    /// The member that says where somebody stands for each purpose.
    mutating func states(of states: [ConsentState]) {
        self.states(states.map { ($0.purpose, $0.status, $0.changedAt) })
    }

    fileprivate mutating func states(_ states: [(purpose: ConsentPurpose, status: ConsentStatus, since: Instant)]) {
        name("consent")
        beginObject()
        for state in states {
            name(state.purpose.rawValue)
            beginObject()
            member("status", state.status.rawValue)
            member("since", state.since.text)
            endObject()
        }
        endObject()
    }

    /// The members of one line of evidence.
    mutating func evidence(_ evidence: ConsentEvidence) {
        member("purpose", evidence.purpose)
        member("status", evidence.status)
        member("wording", evidence.wording)
        member("channel", evidence.channel)
        member("actor", evidence.actor)
        member("at", evidence.at.text)
        member("said_at", evidence.saidAt?.text)
        member("origin", evidence.origin)
        member("source_ip", evidence.sourceIP)
        member("note", evidence.note)
        member("order", evidence.order?.rawValue)
    }
}
