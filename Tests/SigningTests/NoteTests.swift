import Foundation
import Signing
import Testing

/// The known answers are those of Go's `golang.org/x/mod/sumdb/note` (Copyright 2019 The Go Authors, BSD-3-Clause).
@Suite("Notes")
struct NoteTests {
    private let peterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private let peterSeed = "YEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    private let enochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
    private let text = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        """
    private let peterLine =
        "— PeterNeumann "
        + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    private let enochLine =
        "— EnochRoot "
        + "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

    @Test func `Go's key signs Go's text to Go's bytes`() throws {
        let seed = try #require(Data(base64Encoded: "A" + peterSeed)).dropFirst()
        let signer = try NoteSigner(name: "PeterNeumann", key: try Ed25519PrivateKey(rawRepresentation: Array(seed)))
        #expect(signer.verifierKey.text == peterKey)
        #expect(try Note.signed(text, by: [signer]) == text + "\n" + peterLine)
    }

    @Test func `Go's note opens with either key and with both`() throws {
        let (peter, enoch) = (try NoteVerifierKey(peterKey), try NoteVerifierKey(enochKey))
        let message = text + "\n" + peterLine + enochLine
        let one = try Note.open(message, trusting: [peter])
        #expect(one.text == text)
        #expect(one.verified.map(\.name) == ["PeterNeumann"])
        #expect(one.verified.map(\.keyHash) == [0xc74f_20a3])
        #expect(one.unverified.map(\.name) == ["EnochRoot"])
        let both = try Note.open(message, trusting: [enoch, peter])
        #expect(both.verified.map(\.name) == ["PeterNeumann", "EnochRoot"])
        #expect(both.unverified.isEmpty)
        #expect(throws: NoteRefusal.unverified) { try Note.open(message, trusting: []) }
        #expect(throws: NoteRefusal.ambiguousKey) { try Note.open(message, trusting: [enoch, peter, enoch]) }
        #expect(try Note.open(text + "\n" + peterLine, trusting: [enoch, peter, enoch]).verified.count == 1)
    }

    @Test func `repeated lines count once`() throws {
        let peter = try NoteVerifierKey(peterKey)
        let message = text + "\n" + peterLine + peterLine + enochLine + enochLine
        let note = try Note.open(message, trusting: [peter])
        #expect(note.verified.count == 1)
        #expect(note.unverified.count == 1)
    }

    @Test func `a wrong signature of a known key spoils the note, beside a right one too`() throws {
        let keys = [try NoteVerifierKey(peterKey), try NoteVerifierKey(enochKey)]
        let changed = text.replacingOccurrences(of: "answer", with: "Answer")
        #expect(throws: NoteRefusal.wrongSignature) { try Note.open(changed + "\n" + peterLine, trusting: keys) }
        let wrongEnoch = enochLine.replacingOccurrences(of: "5n2tiOHp", with: "5n2tiOHq")
        #expect(throws: NoteRefusal.wrongSignature) {
            try Note.open(text + "\n" + peterLine + wrongEnoch, trusting: keys)
        }
        let longer = peterLine.replacingOccurrences(of: "SffcvIAQ", with: "SffcABCDvIAQ")
        #expect(throws: NoteRefusal.wrongSignature) { try Note.open(text + "\n" + longer, trusting: keys) }
    }

    @Test func `malformed notes are refused as such`() throws {
        let peter = try NoteVerifierKey(peterKey)
        let slack = peterLine.replacingOccurrences(of: "JnAM=", with: "JnAN=")
        let bad = [
            "", "\n", "\n\n", text, text + "\n", text + "\n" + peterLine.dropLast(), "\u{1}" + text + "\n" + peterLine,
            text + "\n" + peterLine.replacingOccurrences(of: "PeterNeumann", with: "Bad Name"),
            text + "\n" + peterLine.replacingOccurrences(of: "PeterNeumann", with: "Bad+Name"),
            text + "\n" + peterLine.replacingOccurrences(of: "PeterNeumann", with: "Bad\u{3000}Name"),
            text + "\n" + peterLine + "Unexpected line.\n", text + "\n" + peterLine + "\n", text + peterLine,
            text + "\r\n" + peterLine, text + "\n" + peterLine.replacingOccurrences(of: "—", with: "-"),
            text + "\n" + slack, text + "\n— PeterNeumann x08gow==\n", text + "\n— PeterNeumann\n",
            text + "\n" + String(repeating: peterLine, count: Note.signaturesMax + 1),
            String(repeating: "x", count: Note.bytesMax) + "\n\n" + peterLine,
        ]
        for message in bad {
            #expect(throws: NoteRefusal.malformed, "\(message.prefix(200))") {
                try Note.open(message, trusting: [peter])
            }
        }
        let most = text + "\n" + String(repeating: peterLine, count: Note.signaturesMax)
        #expect(try Note.open(most, trusting: [peter]).verified.count == 1)
    }

    @Test func `a verifier key with any part missing or any character changed is refused`() throws {
        let bytes = Array(peterKey.utf8)
        for start in 0..<bytes.count {
            for end in start + 1...bytes.count where start > 0 || end < bytes.count {
                let part = String(decoding: bytes[start..<end], as: UTF8.self)
                #expect(throws: NoteRefusal.malformedVerifierKey) { try NoteVerifierKey(part) }
            }
        }
        for index in bytes.indices {
            var changed = bytes
            changed[index] += 1
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: NoteRefusal.malformedVerifierKey) { try NoteVerifierKey(text) }
        }
        let wrongLength = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="
        let wrongType = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        for text in [wrongLength, wrongType, peterKey.replacingOccurrences(of: "c74f20a3", with: "C74F20A3")] {
            #expect(throws: NoteRefusal.malformedVerifierKey) { try NoteVerifierKey(text) }
        }
    }

    @Test func `texts and names that cannot stand in a note are not signed`() throws {
        let signer = try NoteSigner(name: "log.example/一窗", key: Ed25519PrivateKey())
        for text in ["", "abc", "a\r\nb\n", "a\tb\n", String(repeating: "x", count: Note.bytesMax) + "\n"] {
            #expect(throws: NoteRefusal.malformed) { try Note.signed(text, by: [signer]) }
        }
        #expect(throws: NoteRefusal.malformed) { try Note.signed("a\n", by: []) }
        #expect(throws: NoteRefusal.malformed) { try Note.signed("a\n", by: [signer, signer]) }
        let overlong = String(repeating: "n", count: NoteVerifierKey.nameBytesMax + 1)
        for name in ["", "a b", "a+b", "a\u{2003}b", "a\nb", overlong] {
            #expect(throws: NoteRefusal.malformedVerifierKey) { try NoteSigner(name: name, key: Ed25519PrivateKey()) }
        }
    }

    @Test func `a text with empty lines and signature lines of its own keeps them`() throws {
        let signer = try NoteSigner(name: "log.example", key: Ed25519PrivateKey())
        let text = "one\n\n" + peterLine + "\n\n\n"
        let note = try Note.open(try Note.signed(text, by: [signer]), trusting: [signer.verifierKey])
        #expect(note.text == text)
    }
}

@Suite("Tree heads")
struct TreeHeadTests {
    private let root = [UInt8](0..<32)

    @Test func `a head is three lines and reads back`() throws {
        let head = try TreeHead(origin: "onewindow.example/journal", size: 20_852_163, root: root)
        let encoded = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
        #expect(head.text == "onewindow.example/journal\n20852163\n\(encoded)\n")
        #expect(try TreeHead(text: head.text) == head)
        let extended = try TreeHead(text: head.text + "other 1\n")
        #expect(extended.extensions == ["other 1"])
        #expect(extended.text == head.text + "other 1\n")
    }

    @Test func `malformed heads are refused`() throws {
        let text = try TreeHead(origin: "a", size: 7, root: root).text
        let many = (0...TreeHead.extensionsMax).map { "e\($0)\n" }.joined()
        let bad = [
            "", "\n", String(text.dropLast()), text + "\n", text.replacingOccurrences(of: "\n7\n", with: "\n07\n"),
            text.replacingOccurrences(of: "\n7\n", with: "\n-7\n"),
            text.replacingOccurrences(of: "\n7\n", with: "\n+7\n"),
            text.replacingOccurrences(of: "\n7\n", with: "\n99999999999999999999\n"),
            text.replacingOccurrences(of: "8=", with: "9="), text.replacingOccurrences(of: "AAEC", with: ""),
            String(text.dropFirst()), text + many,
        ]
        for text in bad {
            #expect(throws: NoteRefusal.malformedTreeHead, "\(text)") { try TreeHead(text: text) }
        }
        #expect(throws: NoteRefusal.malformedTreeHead) { try TreeHead(origin: "a\nb", size: 1, root: root) }
        #expect(throws: NoteRefusal.malformedTreeHead) { try TreeHead(origin: "a", size: -1, root: root) }
        #expect(throws: NoteRefusal.malformedTreeHead) { try TreeHead(origin: "a", size: 1, root: [1]) }
        let longest = String(repeating: "a", count: TreeHead.originBytesMax)
        #expect(try TreeHead(origin: longest, size: 0, root: root).size == 0)
        #expect(throws: NoteRefusal.malformedTreeHead) { try TreeHead(origin: longest + "a", size: 0, root: root) }
    }
}
