/// Whether an archive says one thing to every reader. Programs differ in what they believe, the directory at the end or
/// the header before each entry; a file for which both differ, whose entries overlap, or that carries bytes outside,
/// shows one reader what another never sees.
enum ZipStructure {
    enum Defect: Error, Equatable { case notAnArchive, cutOff, trailingBytes, ambiguous, unknownMethod }

    private static let end: UInt32 = 0x0605_4B50
    private static let central: UInt32 = 0x0201_4B50
    private static let local: UInt32 = 0x0403_4B50
    private static let (endBytes, centralBytes, localBytes) = (22, 46, 30)
    /// LIMIT: bytes of the comment behind the directory, what its two bytes can say.
    private static let commentBytesMax = 65_535

    /// Refuses bytes before the first entry or behind the directory, entries that overlap, a directory that does not
    /// end where it says, a header that differs from the directory, compression other than stored and deflate, and
    /// ZIP64, which nothing that small needs.
    static func check(_ bytes: [UInt8]) throws(Defect) {
        let place = try directoryEnd(bytes)
        let (count, size, start) = (
            Int(short(bytes, place + 10)), Int(word(bytes, place + 12)), Int(word(bytes, place + 16))
        )
        guard short(bytes, place + 4) == 0, short(bytes, place + 8) == short(bytes, place + 10), start + size == place
        else { throw .ambiguous }
        var spans: [(begin: Int, end: Int)] = []
        var at = start
        for _ in 0..<count {
            guard at + centralBytes <= place, word(bytes, at) == central else { throw .ambiguous }
            spans.append(try span(bytes, at, before: start))
            at += centralBytes + Int(short(bytes, at + 28)) + Int(short(bytes, at + 30)) + Int(short(bytes, at + 32))
        }
        guard at == place else { throw .ambiguous }
        spans.sort { $0.begin < $1.begin }
        guard spans.first?.begin ?? 0 == 0, zip(spans, spans.dropFirst()).allSatisfy({ $0.end <= $1.begin }) else {
            throw .ambiguous
        }
    }

    /// The bytes of an entry with its header, as the directory has them; refuses a header that says something else.
    private static func span(_ bytes: [UInt8], _ at: Int, before limit: Int) throws(Defect) -> (begin: Int, end: Int) {
        let (method, packed, nameLength) = (
            short(bytes, at + 10), Int(word(bytes, at + 20)), Int(short(bytes, at + 28))
        )
        let begin = Int(word(bytes, at + 42))
        guard method == 0 || method == 8 else { throw .unknownMethod }
        guard begin + localBytes <= limit, word(bytes, begin) == local, short(bytes, begin + 8) == method,
            short(bytes, begin + 6) & 1 == short(bytes, at + 8) & 1, Int(short(bytes, begin + 26)) == nameLength,
            at + centralBytes + nameLength <= bytes.count, begin + localBytes + nameLength <= limit,
            bytes[(begin + localBytes)..<(begin + localBytes + nameLength)].elementsEqual(
                bytes[(at + centralBytes)..<(at + centralBytes + nameLength)])
        else { throw .ambiguous }
        let end = begin + localBytes + nameLength + Int(short(bytes, begin + 28)) + packed
        guard end <= limit else { throw .ambiguous }
        return (begin, end)
    }

    /// Where the last record of the directory begins.
    private static func directoryEnd(_ bytes: [UInt8]) throws(Defect) -> Int {
        guard bytes.count >= endBytes, word(bytes, 0) == local else { throw .notAnArchive }
        var at = bytes.count - endBytes
        let least = max(0, at - commentBytesMax)
        while at >= least {
            if word(bytes, at) == end {
                guard at + endBytes + Int(short(bytes, at + 20)) == bytes.count else { throw .trailingBytes }
                return at
            }
            at -= 1
        }
        throw .cutOff
    }

    private static func short(_ bytes: [UInt8], _ at: Int) -> UInt16 {
        at + 2 <= bytes.count ? UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8 : 0
    }

    private static func word(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        UInt32(short(bytes, at)) | UInt32(short(bytes, at + 2)) << 16
    }
}
