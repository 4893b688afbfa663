import Booking
import ChannelKit
import TestSupport
import XCTest

/// Random bookings, moves and cancellations against a model that counts people minute by minute.
final class BookingModelTests: XCTestCase {
    private struct Model {
        struct Stay {
            let service: Int
            let busy: Range<Int>
            let seats: Int
            let takesAll: Bool
        }

        static let capacity = 5
        var stays: [Int64: Stay] = [:]

        /// Whether a stay fits beside all others, looked at for each minute.
        func fits(_ stay: Stay, besides order: Int64?) -> Bool {
            let others = stays.filter { $0.key != order }.values
            return stay.busy.allSatisfy { minute in
                let there = others.filter { $0.busy.contains(minute) }
                if stay.takesAll { return there.isEmpty }
                let taken = there.map { $0.takesAll ? Self.capacity : $0.seats }.reduce(0, +)
                let ofService = there.filter { $0.service == stay.service }.map(\.seats).reduce(0, +)
                return taken + stay.seats <= Self.capacity
                    && ofService + stay.seats <= BookingModelTests.services[stay.service].seats
            }
        }
    }

    /// The last has the place to itself; duration and buffers in minutes.
    private static let services = [
        (duration: 30, before: 0, after: 0, seats: 5), (duration: 55, before: 10, after: 5, seats: 3),
        (duration: 200, before: 0, after: 15, seats: 2), (duration: 40, before: 5, after: 5, seats: 0),
    ]

    func testEveryDecisionIsTheModels() throws {
        for seed in 1...3 {
            var random = SeededGenerator(seed: UInt64(seed))
            let shop = try BookingShop()
            try shop.ask("set-resource", #"{"resource":"room","capacity":\#(Model.capacity),"time_zone":"UTC"}"#)
            for (number, service) in Self.services.enumerated() {
                try shop.ask(
                    "set-service",
                    """
                    {"service":"s\(number)","duration":\(service.duration),"before":\(service.before),
                    "after":\(service.after)\(service.seats == 0 ? "" : ",\"seats\":\(service.seats)"),
                    "resources":["room"]}
                    """)
            }
            var model = Model()
            var outcomes = (taken: 0, refused: 0)
            for _ in 0..<150 {
                let isRefused = try step(shop, &model, &random)
                if let isRefused { isRefused ? (outcomes.refused += 1) : (outcomes.taken += 1) }
            }
            XCTAssertGreaterThan(outcomes.taken, 30)
            XCTAssertGreaterThan(outcomes.refused, 20)
            XCTAssertEqual(
                Set(try shop.ask("list", #"{"limit":1000}"#).compactMap { $0["id"]?.integerValue }),
                Set(model.stays.keys))
        }
    }

    /// - Returns: Whether the shop said no; nil where nothing was asked for.
    private func step(
        _ shop: BookingShop, _ model: inout Model, _ random: inout SeededGenerator
    ) throws -> Bool? {
        let minute = 5 * random.below(12 * 20)
        let start = Instant(seconds: 1_798_761_600 + Int64(minute) * 60).text
        let known = model.stays.keys.sorted()
        switch known.isEmpty ? 0 : random.below(6) {
        case 0...2:
            let number = random.below(Self.services.count)
            let party = 1 + random.below(max(Self.services[number].seats, 1))
            let stay = Self.stay(number, minute, party)
            let isFitting = model.fits(stay, besides: nil)
            let details = #"{"service":"s\#(number)","start":"\#(start)","party_size":\#(party)}"#
            let order = try outcome { try shop.book(details).id.rawValue }
            XCTAssertEqual(order != nil, isFitting, details)
            if let order { model.stays[order] = stay }
            return order == nil
        case 3, 4:
            let order = random.pick(known)
            guard let old = model.stays[order] else { return nil }
            let stay = Self.stay(old.service, minute, old.seats)
            let isFitting = model.fits(stay, besides: order)
            let moved = try outcome {
                try shop.ask("reschedule", #"{"id":\#(order),"start":"\#(start)"}"#)
            }
            XCTAssertEqual(moved != nil, isFitting, "\(order) to \(start)")
            if moved != nil { model.stays[order] = stay }
            return moved == nil
        default:
            let order = random.pick(known)
            try shop.ask("cancel", #"{"id":\#(order)}"#)
            model.stays[order] = nil
            return nil
        }
    }

    private static func stay(_ number: Int, _ minute: Int, _ party: Int) -> Model.Stay {
        let service = services[number]
        return Model.Stay(
            service: number, busy: minute - service.before..<minute + service.duration + service.after, seats: party,
            takesAll: service.seats == 0)
    }

    /// What came of it, nil for a double booking.
    private func outcome<T>(_ body: () throws -> T) throws -> T? {
        do {
            return try body()
        } catch let refusal as ChannelRefusal where refusal.slug == "double-booked" {
            return nil
        }
    }
}
