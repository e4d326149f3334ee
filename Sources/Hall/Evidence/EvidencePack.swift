import Documents
import Foundation
import Signing
import Store
import Vocabulary

/// 证据包: all that was written down of a case, and every file that this names, with proofs that anybody can check
/// without this program (`Resources/evidence/verify.py`).
package struct EvidencePack: Sendable {
    /// The name of the archive.
    package let name: String
    package let bytes: [UInt8]
    /// How many entries of the journal it has, and how many files these name.
    package let entries: Int
    package let files: Int

    /// An entry of the journal with its place in the log.
    struct Line {
        let entry: JournalEntry
        let position: Int
        let proof: [[UInt8]]

        /// What a program needs to make the leaf again: the part in clear as it stands in the log, and the salted
        /// digest of the personal one, which is there unless it was erased.
        var json: JSONValue {
            .record([
                "innerDigest": .text(Hex.text(entry.innerDigest)), "position": .number(position),
                "personal": entry.personal.map { .text(Data($0.bytes).base64EncodedString()) } ?? .null,
                "proof": .list(proof.map { .text(Hex.text($0)) }),
                "public": .text(String(decoding: entry.publicPart, as: UTF8.self)),
                "salt": entry.personal.map { .text(Hex.text($0.salt)) } ?? .null,
            ])
        }

        /// The digests of files that it names.
        var named: [BlobRef] {
            var found: [BlobRef] = []
            for part in [entry.body, entry.personal?.bytes ?? []] where !part.isEmpty {
                do { Self.collect(try CanonicalJSON.value(JSONValue.self, in: part), into: &found) } catch { continue }
            }
            return found
        }

        private static func collect(_ value: JSONValue, into found: inout [BlobRef]) {
            switch value {
            case .record(let members):
                if let digest = members["digest"]?.text, case .number(let size)? = members["size"],
                    let file = BlobRef(digest: digest, size: size)
                {
                    found.append(file)
                }
                for key in members.keys.sorted() { members[key].map { collect($0, into: &found) } }
            case .list(let items): for item in items { collect(item, into: &found) }
            case .null, .flag, .number, .text: break
            }
        }
    }

    /// What a pack is made of.
    struct Contents {
        let number: String
        let madeAt: Instant
        /// The public key of the log, as it is published.
        let key: String
        let checkpoint: Checkpoint
        let lines: [Line]
        /// By digest.
        let files: [(file: BlobRef, name: String, bytes: [UInt8])]
        /// Names and bytes of what stands beside.
        let others: [(name: String, bytes: [UInt8])]
    }

    /// Lists everything in a manifest, has it signed and packs it. The same contents are the same bytes.
    init(_ contents: Contents, sign: (_ text: String) throws -> String) throws {
        var all = contents.others
        all += contents.lines.enumerated().map { place, line in
            let serial = String("\(10_000 + place + 1)".dropFirst())
            return ("journal/\(serial).json", CanonicalJSON.bytes(writing: line.json))
        }
        all += contents.files.map { ("files/\($0.file.digest)\(Self.ending(of: $0.bytes))", $0.bytes) }
        all.append(("index.json", CanonicalJSON.bytes(writing: Self.index(contents))))
        all.append(("key.txt", Array((contents.key + "\n").utf8)))
        all.append(("checkpoint.txt", Array(contents.checkpoint.note.utf8)))
        var manifest = "onewindow-evidence 1\n\(contents.number)\n\(contents.madeAt)\n"
        for (name, bytes) in all { manifest += "\(BlobRef(of: bytes).digest)  \(name)\n" }
        all.append(("manifest.txt", Array(try sign(manifest).utf8)))
        name = "\(contents.number)-evidence.zip"
        bytes = ZipWriter.stored(all)
        (entries, files) = (contents.lines.count, contents.files.count)
    }

    private static func index(_ contents: Contents) -> JSONValue {
        .list(
            contents.files.map { one in
                .record([
                    "file": .text("files/\(one.file.digest)\(ending(of: one.bytes))"), "is": .text(one.name),
                    "size": .number(one.file.size),
                ])
            })
    }

    /// By what the bytes begin with, for whoever opens a file by hand; nothing for what is not known.
    private static func ending(of bytes: [UInt8]) -> String {
        let kinds: [([UInt8], String)] = [
            (Array("%PDF-".utf8), ".pdf"), ([0x89, 0x50, 0x4E, 0x47], ".png"), ([0xFF, 0xD8, 0xFF], ".jpg"),
            ([0x50, 0x4B, 0x03, 0x04], ".ofd"),
        ]
        return kinds.first { bytes.starts(with: $0.0) }?.1 ?? ""
    }
}
