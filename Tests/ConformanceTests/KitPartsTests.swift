import ChannelKit
import StrictJSON
import XCTest

@testable import Conformance

/// What the cases of the kit are made of.
final class KitPartsTests: XCTestCase {
    func testEveryPlaceOfAPayloadIsChangedInEveryWay() throws {
        let payload = try JSON(parsing: #"{"a":{"b":"x"},"c":[1]}"#)

        let mutations = Mutations.all(of: payload)

        XCTAssertEqual(mutations.count, 4 * (Mutations.replacements.count + 1) + 1)
        XCTAssertEqual(Set(mutations.map(\.label)).count, mutations.count)
        let texts = mutations.map(\.json.text)
        for text in [#"{"a":{},"c":[1]}"#, #"{"c":[1]}"#, #"{"a":{"b":null},"c":[1]}"#, #"{"a":{"b":"x"},"c":[]}"#] {
            XCTAssertTrue(texts.contains(text), text)
        }
        XCTAssertFalse(texts.contains(payload.text))
    }

    func testNamesStandForWhatIsKeptUnderThem() throws {
        var names = Names()
        names["order"] = try JSON(parsing: #"{"ext":"A1","total":"1.00"}"#)
        let json = try JSON(parsing: #"{"ext":"$order.ext","price":"$5","sum":{"$merge":["$order",{"ext":null}]}}"#)

        XCTAssertEqual(try names.filled(json).text, #"{"ext":"A1","price":"$5","sum":{"total":"1.00"}}"#)
        XCTAssertThrowsError(try names.filled(JSON.string("$nobody"))) {
            XCTAssertEqual($0 as? KitError, .unknownName("nobody"))
        }
    }

    func testPlaceholdersMakeSamplesFresh() throws {
        let json = try JSON(parsing: #"["r-{n}","{day}T10:00","{number}","{other}"]"#)

        XCTAssertEqual(Placeholders(31).filled(json).text, #"["r-31","2030-02-01T10:00",31,"{other}"]"#)
    }

    func testCanariesLookLikeWhatTheyReplace() throws {
        let json = try JSON(
            parsing: #"{"p":{"mail":"a@b.c","phone":"+49 171 2345678","name":"Ann","country":"DE","age":7},"q":"x"}"#)
        var canaries = Canaries(from: 100)

        let planted = canaries.plant(at: DetailPath("p"), in: json)

        let expected =
            #"{"p":{"mail":"qzkanari101@example.org","phone":"+49 171 2345102","name":"Qzkanari103","#
            + #""country":"DE","age":777105},"q":"x"}"#
        XCTAssertEqual(planted.text, expected)
        XCTAssertEqual(canaries.planted, ["qzkanari101@example.org", "+49 171 2345102", "Qzkanari103", "777105"])
    }

    func testAnAnswerMayHoldMoreThanIsExpectedButNothingElse() throws {
        let answer = try JSON(parsing: #"{"a":{"b":1,"c":2},"rows":[{"x":1,"y":2}]}"#)

        XCTAssertNil(answer.difference(from: try JSON(parsing: #"{"a":{"c":2},"rows":[{"y":2}]}"#)))
        XCTAssertEqual(
            answer.difference(from: try JSON(parsing: #"{"rows":[{"y":3}]}"#)), "rows[0].y 3 expected, 2 came")
        XCTAssertEqual(
            answer.difference(from: try JSON(parsing: #"{"a":{"d":"1"}}"#)), #"a.d "1" expected, null came"#)
        XCTAssertNotNil(answer.difference(from: try JSON(parsing: #"{"rows":[]}"#)))
    }

    func testSamplesThatAreNoneAreRefused() {
        for (text, reason) in [
            (#"{}"#, "orders is to hold at least one order, as order.register takes it"),
            (#"{"orders":[{}],"order":[]}"#, "there is no order: names, setup, orders, refused, cases"),
            (#"{"orders":[{}],"cases":[{"case":"x","steps":[{"aks":"y"}]}]}"#, "a step has no aks: "),
            (#"{"orders":[{}],"refused":[{}]}"#, "what is refused is "),
        ] {
            XCTAssertThrowsError(try Samples(try JSON(parsing: text))) { error in
                guard case .badSamples(let said) = error as? KitError else { return XCTFail("\(error)") }
                XCTAssertTrue(said.hasPrefix(reason), said)
            }
        }
    }
}
