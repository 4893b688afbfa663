import StrictJSON
import XCTest

final class JSONWriterTests: XCTestCase {
    func testCommasArePutAutomatically() {
        var writer = JSONWriter()
        writer.beginArray()
        writer.integer(1)
        writer.string("a,")
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.beginObject()
        writer.name("x")
        writer.bool(true)
        writer.name("y")
        writer.beginArray()
        writer.null()
        writer.null()
        writer.endArray()
        writer.endObject()
        writer.number(text: "1.50")
        writer.endArray()

        XCTAssertEqual(writer.finish().text, #"[1,"a,",{},[],{"x":true,"y":[null,null]},1.50]"#)
    }

    func testMembersAreWrittenInOneCall() {
        let fragment = JSONWriter.object { writer in
            writer.member("s", "x")
            writer.member("t", String?.none)
            writer.member("u", Int64(-5))
            writer.member("v", Int64?.none)
            writer.member("w", 7)
            writer.member("x", false)
            writer.member("y", JSON.array([.null]))
            writer.member("z", JSONFragment.emptyObject)
            writer.member("l", ["a", "b"])
            writer.member("m", [])
            writer.member("o", Int64?.some(1))
            writer.member("p", String?.some("q"))
        }

        XCTAssertEqual(
            fragment.text,
            #"{"s":"x","t":null,"u":-5,"v":null,"w":7,"x":false,"y":[null],"z":{},"l":["a","b"],"m":[],"o":1,"p":"q"}"#)
    }

    func testOnlyWhatMustBeEscapedIsEscaped() {
        var writer = JSONWriter(reserving: 0)
        writer.string("\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1}\u{F}\u{10}\u{1F}\u{7F}é😀\u{2028}")

        XCTAssertEqual(
            writer.finish().text,
            #""\"\\/\b\f\n\r\t\u0000\u0001\u000f\u0010\u001f"# + "\u{7F}é😀\u{2028}\"")
    }

    func testIntegersAreWrittenToTheirLimits() {
        for value in [0, 1, -1, 9, 10, -10, 1203, Int64.max, .min] {
            var writer = JSONWriter()
            writer.integer(value)
            XCTAssertEqual(writer.finish().text, String(value))
        }
    }

    func testATextThatIsNoNumberIsWrittenAsAString() {
        for text in ["", "1.", "01", "NaN", "1\n2", "1 ", "-", "+1", "é"] {
            var writer = JSONWriter()
            writer.number(text: text)
            let written = writer.finish().text
            XCTAssertEqual(try JSON(parsing: written), .string(text), text)
        }
    }

    func testAMemberIsAddedToAnObject() {
        let object = JSONWriter.object { $0.member("order", 88) }

        XCTAssertEqual(object.adding("replayed", true).text, #"{"order":88,"replayed":true}"#)
        XCTAssertEqual(JSONFragment.emptyObject.adding("a", JSON.string("b")).text, #"{"a":"b"}"#)
        XCTAssertEqual(object.text, #"{"order":88}"#)
    }
}
