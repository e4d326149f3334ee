import Testing
import Vocabulary

/// The quick writer of JSON writes what the encoder writes.
@Suite struct CanonicalJSONTests {
    @Test func `the quick writer gives the encoder's bytes, whatever the texts hold`() throws {
        let controls = String(String.UnicodeScalarView((0...0x7F).compactMap(Unicode.Scalar.init)))
        let texts = ["", controls, "林晓榕 𠮷 é \u{301} \u{2028} \u{FEFF} 👨‍👩‍👧", "a/b\\c\"d", "\u{7F}\u{80}\u{FFFF}"]
        let keys = [
            "certificate_name", "certificate_name_code", "certificate_namecode", "certificate_Name", "extend_info", "a",
            "B", "b1", "b10", "b2", "名称", "é", "",
        ]
        let value = JSONValue.record([
            "texts": .list(texts.map(JSONValue.text)), "empty": .list([]), "nothing": .record([:]), "no": .null,
            "flags": .list([.flag(true), .flag(false)]), "numbers": .list([.number(0), .number(-7), .number(.max)]),
            "keys": .record(Dictionary(uniqueKeysWithValues: keys.map { ($0, .number(1)) })),
        ])
        let (quick, encoded) = (CanonicalJSON.bytes(writing: value), try CanonicalJSON.bytes(of: value))
        #expect(String(decoding: quick, as: UTF8.self) == String(decoding: encoded, as: UTF8.self))
        #expect(quick == encoded)
        #expect(try CanonicalJSON.value(JSONValue.self, in: quick) == value)
    }
}
