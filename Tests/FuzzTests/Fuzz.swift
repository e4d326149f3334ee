import Foundation
import Testing
import Vocabulary

/// Inputs that nobody wrote: samples that are well-formed, changed by chance. `FUZZ_SECONDS` gives each test so long
/// (`make fuzz-tests`); without it each runs a fixed number of rounds. `FUZZ_SEED` is printed with every finding.
enum Fuzz {
    static let seed: UInt64 = setting("FUZZ_SEED") ?? 20_181_119
    private static let seconds: UInt64? = setting("FUZZ_SECONDS")

    private static func setting(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    /// Runs the body with dice of its own for each round. A finding names the seed and the round, which alone decide
    /// what the body does.
    static func rounds(_ count: Int, _ body: (Mutator) throws -> Void) throws {
        let end = seconds.map { ContinuousClock.now + .seconds(Int64($0)) }
        var round = 0
        while end.map({ ContinuousClock.now < $0 }) ?? (round < count) {
            let mutator = Mutator(Dice.seeded(seed &+ UInt64(round) &* 0x9E37_79B9))
            do {
                try body(mutator)
            } catch {
                Issue.record("seed \(seed), round \(round): \(error)")
                return
            }
            round += 1
        }
    }
}

/// What must not be.
struct Finding: Error, CustomStringConvertible {
    let description: String

    init(_ what: String, _ input: some Sequence<UInt8>) {
        description = "\(what); input \(Data(input).prefix(4096).base64EncodedString())"
    }
}

/// Changes samples by chance.
struct Mutator {
    private static let tokens: [[UInt8]] = [
        [], [0], [255], [0xC0, 0x80], [0xED, 0xA0, 0x80], Array("\r\n".utf8), Array("\n\n".utf8), Array("--".utf8),
        Array("%00".utf8), Array("%".utf8), Array("../".utf8), Array("\"".utf8), Array("}".utf8), Array("[[[[".utf8),
        Array("null".utf8), Array("-1".utf8), Array("1e999".utf8), Array("99999999999999999999".utf8),
        Array("\u{202E}".utf8), Array("福".utf8), Array("👩‍👩‍👧".utf8), Array("=&=&".utf8),
        Array(repeating: 65, count: 300), Array(repeating: 48, count: 70),
    ]

    let dice: Dice

    init(_ dice: Dice) {
        self.dice = dice
    }

    func below(_ limit: Int) -> Int { limit < 1 ? 0 : Int(dice.roll() % UInt64(limit)) }

    func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// One of the samples with up to eight changes; sometimes none, sometimes bytes of pure chance.
    func bytes(like samples: [[UInt8]]) -> [UInt8] {
        if below(20) == 0 { return dice.bytes(below(200)) }
        var result = pick(samples)
        for _ in 0..<below(9) { change(&result, samples) }
        return result
    }

    /// The same as text; what is not UTF-8 becomes U+FFFD.
    func text(like samples: [String]) -> String {
        String(decoding: bytes(like: samples.map { Array($0.utf8) }), as: UTF8.self)
    }

    private func change(_ bytes: inout [UInt8], _ samples: [[UInt8]]) {
        let place = below(bytes.count + 1)
        let end = min(bytes.count, place + below(16))
        switch below(7) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(below(256))
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: pick(Self.tokens), at: place)
        case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 5:
            let other = pick(samples)
            bytes = Array(bytes.prefix(place)) + other.suffix(below(other.count + 1))
        default: bytes.removeLast(min(bytes.count, below(4)))
        }
    }
}
