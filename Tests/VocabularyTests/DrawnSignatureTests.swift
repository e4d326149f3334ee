import Testing
import Vocabulary

@Suite struct DrawnSignatureTests {
    private static func line(_ points: Int, from x: Int = 10, by step: Int = 8) -> String {
        (0..<points).map { "\(x + $0 * step),\(100 + $0 % 3)" }.joined(separator: " ")
    }

    @Test func `strokes are read as they were drawn, and written the same`() throws {
        let text = "\(Self.line(9));300,20 310,180;5,5"
        let drawn = try #require(DrawnSignature(text))
        #expect(drawn.strokes.map(\.count) == [9, 2, 1] && drawn.pointCount == 12)
        #expect(drawn.text == text)
        #expect(drawn.path.hasPrefix("M10 100L18 101L26 102") && drawn.path.hasSuffix("M5 5L5 5"))
    }

    @Test func `what is no text of points is no signature`() {
        let sound = Self.line(9)
        for text in [
            "", ";", "\(sound);", "\(sound) ", " \(sound)", "\(sound),1", "\(sound) 1", "\(sound) 1,-1",
            "\(sound) 1,+1",
            "\(sound) 1,٣", "\(sound) 1,1.5", "\(sound) 0001,1", "\(sound)  1,1", "<svg>", "\(sound)\n1,1",
        ] {
            #expect(DrawnSignature(text) == nil, "\(text)")
        }
    }

    @Test func `a slip of the pen is no name, and nothing lies outside the field`() {
        #expect(DrawnSignature(Self.line(DrawnSignature.pointsMin - 1)) == nil)
        #expect(DrawnSignature(Self.line(40, by: 0)) == nil, "a dot")
        #expect(DrawnSignature(Self.line(9, by: 4)) != nil, "thirty-two wide")
        #expect(DrawnSignature(Self.line(9, by: 3)) == nil, "narrower than a name")
        #expect(DrawnSignature("\(Self.line(9)) 600,200") != nil)
        #expect(DrawnSignature("\(Self.line(9)) 601,0") == nil)
        #expect(DrawnSignature("\(Self.line(9)) 0,201") == nil)
    }

    @Test func `strokes, points and characters have limits`() {
        let stroke = Self.line(10)
        let strokes = { (count: Int) in Array(repeating: stroke, count: count).joined(separator: ";") }
        #expect(DrawnSignature(strokes(DrawnSignature.strokesMax)) != nil)
        #expect(DrawnSignature(strokes(DrawnSignature.strokesMax + 1)) == nil)
        let most = Array(repeating: "1,1 50,50", count: DrawnSignature.pointsMax / 2).joined(separator: " ")
        #expect(DrawnSignature(most) != nil)
        #expect(DrawnSignature(most + " 2,2") == nil, "one point too many")
        #expect(DrawnSignature(String(repeating: "1", count: DrawnSignature.charactersMax + 1)) == nil)
    }
}
