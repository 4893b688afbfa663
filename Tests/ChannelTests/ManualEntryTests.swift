import ChannelKit
import ManualEntry
import XCTest

final class ManualEntryTests: XCTestCase {
    private let full = """
        {"source":"phone","staff":"mo","occurred_at":"2026-11-21T18:30","verbal_consent":{"heard_by":"kim"},
        "note":"rings twice"}
        """

    func testAFullEntryIsPlacedWhenItOccurred() throws {
        let draft = try ManualEntry.made().translated(full)

        XCTAssertEqual(draft.placedAt?.text, "2026-11-21T17:30:00Z")
        XCTAssertEqual(draft.state, .open)
        XCTAssertEqual(draft.channelState, "open")
        XCTAssertEqual(draft.details, Sample.fragment(try JSON(parsing: full)))
    }

    func testTheLeastEntryNamesWhoEnteredIt() throws {
        let draft = try ManualEntry.made().translated(#"{"source":"letter"}"#)

        XCTAssertEqual(draft.details.text, #"{"source":"letter","staff":"lena"}"#)
        XCTAssertNil(draft.placedAt)
    }

    func testWhoIsNoStaffIsNamedByWhatActed() throws {
        let details = try Details(JSON(parsing: #"{"source":"letter","staff":" "}"#))
        var draft = try Sample.draft(details)

        try ManualEntry.made().translate(details, into: &draft, Sample.occasion(actor: .channel("crm")))

        XCTAssertEqual(draft.details.text, #"{"source":"letter","staff":"channel:crm"}"#)
    }

    func testTheGivenTimeCountsMoreThanWhenItOccurred() throws {
        let draft = try ManualEntry.made().translated(full) { $0.placedAt = Instant(seconds: 5) }

        XCTAssertEqual(draft.placedAt, Instant(seconds: 5))
    }

    func testTheStateOfANewEntryIsASetting() throws {
        let manual = try ManualEntry.made(["default_state": "done"])

        XCTAssertEqual(try manual.translated(full).state, .completed)
        XCTAssertEqual(try manual.translated(full).channelState, "done")
        XCTAssertEqual(try manual.translated(full) { $0.give(.open, "open") }.state, .open)
        XCTAssertEqual(try manual.translated(full) { $0.give(.open) }.state, .open)
        XCTAssertEqual(try manual.translated(full) { $0.give(.cancelled) }.state, .cancelled)
    }

    func testSpokenConsentNamesWhoHeardIt() throws {
        for (source, isSpoken) in [
            ("phone", true), ("market", true), ("whatsapp", false), ("letter", false), ("other", false),
        ] {
            let draft = try ManualEntry.made().translated(#"{"source":"\#(source)"}"#) {
                $0.consent = [ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil)]
            }
            let consent = try JSON(parsing: draft.details.text)["verbal_consent"]

            XCTAssertEqual(consent?["heard_by"]?.stringValue, isSpoken ? "lena" : nil, source)
        }
    }

    func testWhoHeardAConsentIsKeptAndNothingIsMadeUpWithoutOne() throws {
        let given = try ManualEntry.made().translated(full) {
            $0.consent = [ConsentStatement(purpose: .phone, isGranted: true, wording: "v1")]
        }
        let refused = try ManualEntry.made().translated(#"{"source":"phone"}"#) {
            $0.consent = [ConsentStatement(purpose: .phone, isGranted: false, wording: nil)]
        }

        XCTAssertEqual(try JSON(parsing: given.details.text)["verbal_consent"]?["heard_by"], .string("kim"))
        XCTAssertNil(try JSON(parsing: refused.details.text)["verbal_consent"])
        XCTAssertEqual(try ManualEntry.made().translated(full).consent, [])
    }

    func testARevisionLeavesEverythingElseAlone() throws {
        let change = try ManualEntry.made().revised(full)
        var expected = OrderChange()
        expected.details = Sample.fragment(try JSON(parsing: full))

        XCTAssertEqual(change, expected)
    }

    func testARevisionNamesWhoEnteredTheOrderAndNotWhoChangesIt() throws {
        let manual = try ManualEntry.made()
        let entered = try manual.revised(#"{"source":"letter"}"#, of: Sample.order(full))
        let unknown = try manual.revised(#"{"source":"letter"}"#)

        XCTAssertEqual(entered.details?.text, #"{"source":"letter","staff":"mo"}"#)
        XCTAssertEqual(unknown.details?.text, #"{"source":"letter","staff":"lena"}"#)
    }

    func testARevisionKeepsASpokenConsentDocumented() throws {
        let manual = try ManualEntry.made()
        let documented = try manual.revised(#"{"source":"phone","staff":"mo"}"#, of: Sample.order(full))
        let silent = try manual.revised(#"{"source":"phone","staff":"mo"}"#)

        XCTAssertEqual(
            documented.details?.text, #"{"source":"phone","staff":"mo","verbal_consent":{"heard_by":"mo"}}"#)
        XCTAssertEqual(silent.details?.text, #"{"source":"phone","staff":"mo"}"#)
    }

    func testWhatIsMissingIsTold() throws {
        let manual = try ManualEntry.made()

        manual.assertRefused("{}", .incomplete(["source"]))
        manual.assertRefused(#"{"source":"  "}"#, .incomplete(["source"]))
        manual.assertRefused(
            #"{"source":"phone","verbal_consent":{"heard_by":""}}"#, .incomplete(["verbal_consent.heard_by"]))
    }

    func testWrongDetailsAreRefused() throws {
        let manual = try ManualEntry.made()
        for (member, path, reason) in [
            (#""source":"fax""#, "source", "one of whatsapp, phone, market, letter, other is needed here"),
            (#""staff":{}"#, "staff", "text is needed here"), (#""note":[]"#, "note", "text is needed here"),
            (#""occurred_at":"lately""#, "occurred_at", "not a date and time: lately"),
            (#""verbal_consent":true"#, "verbal_consent", "an object is needed here"),
            (#""verbal_consent":{"heard_by":[]}"#, "verbal_consent.heard_by", "text is needed here"),
        ] {
            // The last of equal names counts.
            manual.assertRefused(String(full.dropLast()) + ",\(member)}", .badDetail(path, reason))
        }
    }

    func testAWitnessIsToldInOnePlaceOnly() throws {
        let manual = try ManualEntry.made()
        let reason = "who heard a consent is told as verbal_consent.heard_by"

        manual.assertRefused(#"{"source":"phone","heard_by":"kim"}"#, .badDetail("heard_by", reason))
        manual.assertRefused(
            #"{"source":"phone","consent":{"heard_by":"kim"}}"#, .badDetail("consent.heard_by", reason))
        // What was stored before does not stand in the way of other changes.
        let former = #"{"source":"phone","staff":"mo","heard_by":"kim"}"#
        XCTAssertNoThrow(try manual.revised(former, of: Sample.order(former)))
        XCTAssertThrowsError(try manual.revised(#"{"source":"phone","heard_by":"mo"}"#, of: Sample.order(former))) {
            XCTAssertEqual($0 as? ChannelRefusal, .badDetail("heard_by", reason))
        }
    }

    func testNothingHasOccurredInTheFuture() throws {
        let now = #"{"source":"letter","occurred_at":"2026-11-22T10:00:00Z"}"#

        XCTAssertEqual(try ManualEntry.made().translated(now).placedAt?.text, "2026-11-22T10:00:00Z")
        try ManualEntry.made().assertRefused(
            #"{"source":"letter","occurred_at":"2026-11-22T10:00:01Z"}"#,
            ChannelRefusal("in-the-future", "occurred_at is later than now"))
    }

    func testItsStatesStandForTheCommonOnes() throws {
        XCTAssertEqual(
            try ManualEntry.made().stateMap(),
            ["open=open", "confirmed=confirmed", "done=completed", "cancelled=cancelled"])
        XCTAssertEqual(ManualEntry.descriptor.capabilities, [.ownExternalIDs, .payments])
    }

    func testTheNoteIsFoundAndErased() throws {
        XCTAssertEqual(try ManualEntry.personal(full), [#""rings twice""#])
        XCTAssertEqual(
            try ManualEntry.erased(full),
            """
            {"note":null,"occurred_at":"2026-11-21T18:30","source":"phone","staff":"mo",\
            "verbal_consent":{"heard_by":"kim"}}
            """)
    }

    func testLinesAreReadableBeforeAndAfterErasure() throws {
        let manual = try ManualEntry.made()
        let before = [
            "Source: phone", "Entered by: mo", "Occurred at: 2026-11-21T18:30", "Consent heard by: kim",
        ]

        XCTAssertEqual(try manual.texts(full), before + ["Note: rings twice"])
        XCTAssertEqual(try manual.texts(try ManualEntry.erased(full)), before)
    }
}
