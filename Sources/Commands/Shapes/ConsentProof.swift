internal import ChannelKit
internal import Foundation
internal import Registry
internal import Storage
internal import StrictJSON

/// What a person agreed to, when and how, for whoever asks for a proof.
struct ConsentProof {
    let shop: Shop
    let madeAt: Instant
    let customer: Customer
    let states: [ConsentState]
    let evidence: [ConsentEvidence]
    /// The texts that versions in the evidence stand for, as far as somebody entered them.
    let wordings: [ConsentWording]

    /// - Throws: ``CustomerError/notFound``.
    init(of id: CustomerID, _ transaction: ReadTransaction, _ shop: Shop, at: Instant) throws {
        self.shop = shop
        madeAt = at
        customer = try CustomerReader(transaction).customer(id)
        let reader = ConsentReader(transaction)
        states = try reader.states(of: id)
        evidence = try reader.evidence(of: id)
        var wordings: [ConsentWording] = []
        for piece in evidence {
            guard let version = piece.wording, let purpose = ConsentPurpose(rawValue: piece.purpose),
                !wordings.contains(where: { $0.version == version && $0.purpose == purpose }),
                let wording = try reader.wording(version, purpose: purpose)
            else { continue }
            wordings.append(wording)
        }
        self.wordings = wordings
    }

    var json: JSONFragment {
        JSONWriter.object { writer in
            writer.member("shop", shop.name)
            writer.member("title", shop.title)
            writer.member("time_zone", shop.timeZone.identifier)
            writer.member("made_at", madeAt.text)
            writer.member("customer", customer.id.rawValue)
            writer.member("number", customer.number)
            writer.member("name", customer.fields.fullName)
            writer.member("email", customer.fields.email?.spelling)
            writer.member("phone", customer.fields.phone)
            writer.states(of: states)
            writer.name("evidence")
            writer.beginArray()
            for piece in evidence {
                writer.beginObject()
                writer.evidence(piece)
                writer.member("local", local(piece.saidAt ?? piece.at))
                writer.endObject()
            }
            writer.endArray()
            writer.name("wordings")
            writer.beginArray()
            for wording in wordings { writer.fragment(.wording(wording)) }
            writer.endArray()
        }
    }

    /// A time as the shop's clocks showed it, with their distance from UTC: `2026-11-22 11:00:00 +01:00`.
    func local(_ instant: Instant) -> String {
        let wall = instant.wallTime(in: shop.timeZone)
        let minutes = (wall.seconds - instant.seconds) / 60
        let digits = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
        let text = wall.text.dropLast().replacing("T", with: " ")
        return "\(text) \(minutes < 0 ? "-" : "+")\(digits(abs(minutes) / 60)):\(digits(abs(minutes) % 60))"
    }
}
