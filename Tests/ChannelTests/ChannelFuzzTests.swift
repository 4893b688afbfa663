import Booking
import ChannelKit
import Events
import ManualEntry
import OnlineShop
import PointOfSale
import TestSupport
import XCTest

final class ChannelFuzzTests: XCTestCase {
    func testNoDetailsCrashTheOnlineShop() throws {
        try fuzz(
            try OnlineShop.made(), #"{"payment":{"state":"paid"},"shipping":{"amount":"4.90"}}"#,
            ["payment", "fulfilment", "shipping", "state", "amount", "address", "tracking", "number", "guest"])
    }

    func testNoDetailsCrashABooking() throws {
        try fuzz(
            try Booking.made(),
            #"{"service":"Bar","start":"2026-07-01T10:00","end":"2026-12-01T10:00","time_zone":"Europe/Berlin"}"#,
            ["service", "start", "end", "time_zone", "start_offset", "end_offset", "party_size", "participant"])
    }

    func testNoDetailsCrashAnEvent() throws {
        try fuzz(
            try Events.made(), #"{"event":"Jazz","tickets":[{"type":"Balcony","attendee":"Ann"}]}"#,
            ["event", "tickets", "type", "attendee", "name", "email", "date", "seat"])
    }

    func testNoDetailsCrashATill() throws {
        try fuzz(
            try PointOfSale.made(), #"{"register":"7","receipt":"1","tenders":[{"kind":"cash","amount":"1"}]}"#,
            ["register", "receipt", "tenders", "kind", "amount", "change", "business_day"])
    }

    func testNoDetailsCrashAManualEntry() throws {
        try fuzz(
            try ManualEntry.made(), #"{"source":"phone","verbal_consent":{"heard_by":"kim"}}"#,
            ["source", "staff", "occurred_at", "verbal_consent", "heard_by", "note"])
    }

    /// Throws random and half random details at a channel: it refuses them, or what it makes of them is whole.
    private func fuzz<Channel: ChannelPlugin>(_ channel: Channel, _ good: String, _ names: [String]) throws {
        var random = SeededGenerator(seed: 7)
        let occasion = try Sample.occasion()
        let order = try Sample.order(good)
        let start = try XCTUnwrap(JSON(parsing: good).objectValue)
        var accepted = 0
        for round in 0..<1500 {
            // Of equal names the last counts, so what is added stands for what was good.
            var members = round.isMultiple(of: 2) ? start : []
            for name in names where Int.random(in: 0..<10, using: &random) < (members.isEmpty ? 9 : 2) {
                members.append(JSON.Member(name: name, value: value(names, depth: 0, &random)))
            }
            let details = try Details(.object(members))
            var draft = try Sample.draft(details)
            draft.kind = Bool.random(using: &random) ? .order : .return
            draft.ext = nil
            var change = OrderChange()
            do {
                try channel.translate(details, into: &draft, occasion)
                try channel.revise(details, &change, of: order, occasion)
                accepted += 1
                let stored = try Details(JSON(parsing: draft.details.text))
                XCTAssertEqual(stored.json.canonical.text, draft.details.text)
                try channel.revise(stored, &change, of: order, occasion)
            } catch let refusal as ChannelRefusal {
                XCTAssertFalse(refusal.slug.isEmpty || refusal.description.isEmpty)
            }
            let erased = Channel.descriptor.personalDetails.reduce(details.json) { $1.erased(from: $0) }
            for line in channel.lines(of: try Details(erased), occasion) + channel.lines(of: details, occasion) {
                XCTAssertFalse(line.label.isEmpty || line.text.isEmpty)
            }
        }
        XCTAssertGreaterThan(accepted, 50, Channel.descriptor.id)
    }

    private func value(_ names: [String], depth: Int, _ random: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 2 ? 12 : 16), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(["0", "-1", "92233720368547758.07", "1e9", "12.5"].randomElement(using: &random) ?? "0")
        case 3..<12: return .string(Self.texts.randomElement(using: &random) ?? "")
        case 12, 13:
            let count = Int.random(in: 0..<3, using: &random)
            return .array((0..<count).map { _ in value(names, depth: depth + 1, &random) })
        default:
            let chosen = names.shuffled(using: &random).prefix(4)
            return .object(chosen.map { JSON.Member(name: $0, value: value(names, depth: depth + 1, &random)) })
        }
    }

    private static let texts = [
        "", " ", "x", "7", "paid", "partial", "phone", "letter", "Europe/Berlin", "America/New_York", "UTC",
        "2026-03-29T02:30", "2026-10-25T02:30", "2026-07-01", "2026-07-01T10:00", "0001-01-01", "9999-12-31T23:59:59",
        "0001-01-01T00:00Z", "+02:00", "+01:00", "12.50", "-92233720368547758.08", "\u{0}\u{202E}ﷺ", "é",
    ]
}
