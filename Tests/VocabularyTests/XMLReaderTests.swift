import Testing
import Vocabulary

@Suite struct XMLReaderTests {
    private static func events(_ text: String) throws -> [XMLReader.Event] {
        var reader = try XMLReader(Array(text.utf8))
        var events: [XMLReader.Event] = []
        while let event = try reader.next() { events.append(event) }
        return events
    }

    @Test func `elements, attributes and text are read, without prefixes, comments and instructions`() throws {
        let text = """
            <?xml version="1.0"?><!-- a --><x:a xmlns:x="u" k='1 &lt; 2'>甲&#20057;&#x4E19;<b/>\r\n<![CDATA[<&]]></x:a>\n
            """
        #expect(
            try Self.events(text) == [
                .start("a"), .text("甲乙丙"), .start("b"), .end("b"), .text("\n"), .text("<&"), .end("a"),
            ])
        var reader = try XMLReader(Array(text.utf8))
        _ = try reader.next()
        #expect(reader.attributes == ["xmlns:x": "u", "k": "1 < 2"])
    }

    @Test(
        arguments: [
            "", " ", "a", "<a>", "</a>", "<a></b>", "<a/><b/>", "<a/>x", "<a k=1/>",
            "<a k=\"1\" k=\"2\"/>", "<a k='<'/>",
            "<a>&b;</a>", "<a>&#0;</a>", "<a>&#x110000;</a>", "<a>&#-1;</a>", "<a>&</a>", "<a>\u{1}</a>", "<a b></a>",
            "<a", "<a><!--", "<![CDATA[x]]>", "<a>&#xFFFE;</a>",
        ]
    )
    func `what is not well-formed is refused`(_ text: String) {
        #expect(throws: XMLReader.Defect.malformed) { try Self.events(text) }
    }

    @Test func `a document type, with the entities that it could declare, is refused where it begins`() {
        let laughs = "<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;\">]><a>&m;</a>"
        #expect(throws: XMLReader.Defect.documentType) { try Self.events(laughs) }
        let outside = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"
        #expect(throws: XMLReader.Defect.documentType) { try Self.events(outside) }
        #expect(throws: XMLReader.Defect.documentType) { try Self.events("<a><!ENTITY x \"y\"></a>") }
    }

    @Test func `depth and names have their limits, and only UTF-8 is read`() throws {
        let deep = String(repeating: "<a>", count: XMLReader.depthMax + 1)
        #expect(throws: XMLReader.Defect.malformed) { try Self.events(deep) }
        let name = String(repeating: "a", count: XMLReader.nameBytesMax + 1)
        #expect(throws: XMLReader.Defect.malformed) { try Self.events("<\(name)/>") }
        let attributes = (0...XMLReader.attributesMax).map { " a\($0)=''" }.joined()
        #expect(throws: XMLReader.Defect.malformed) { try Self.events("<a\(attributes)/>") }
        #expect(throws: XMLReader.Defect.malformed) { try XMLReader([0x3C, 0xC9, 0xF3]) }
    }
}
