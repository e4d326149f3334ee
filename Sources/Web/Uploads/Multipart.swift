import Foundation

/// Reads `multipart/form-data` (RFC 7578) as it arrives, piece by piece, without ever holding a whole file.
///
/// Pure: bytes go in, events come out. Whatever is not well-formed or too large is refused; nothing is guessed.
package struct Multipart {
    /// LIMIT: parts of one body.
    package static let partsMax = 300
    /// LIMIT: bytes of one part's headers.
    package static let headerBytesMax = 4096
    /// LIMIT: characters of a boundary (RFC 2046).
    package static let boundaryCharactersMax = 70

    /// What was read.
    package enum Event: Equatable, Sendable {
        /// A part begins: the name of its field, and the file's name when it is a file.
        case begin(name: String, file: String?)
        /// Some bytes of the part.
        case data([UInt8])
        /// The part is over.
        case end
    }

    private enum State {
        case preamble, afterBoundary, headers, body, epilogue
    }

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var buffer: [UInt8]
    private var parts = 0
    /// Nil unless the content type is `multipart/form-data` with a boundary of 1 to 70 characters.
    package init?(contentType: String) {
        let pieces = contentType.split(separator: ";").map { $0.drop(while: { $0 == " " }) }
        guard pieces.first?.lowercased() == "multipart/form-data",
            let piece = pieces.dropFirst().first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        var boundary = piece.dropFirst(9)
        if boundary.hasPrefix("\""), boundary.hasSuffix("\""), boundary.count > 1 {
            boundary = boundary.dropFirst().dropLast()
        }
        guard (1...Self.boundaryCharactersMax).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first boundary may stand at the very beginning; a line break before it makes it like the others.
        buffer = [13, 10]
    }

    /// Takes more bytes and answers what they complete.
    package mutating func feed(_ bytes: some Sequence<UInt8>) throws(UploadRefusal) -> [Event] {
        buffer.append(contentsOf: bytes)
        var events: [Event] = []
        while try advance(&events) {}
        return events
    }

    /// Must be called at the end of the body: refuses one that breaks off.
    package func finish() throws(UploadRefusal) {
        guard case .epilogue = state else { throw .malformed }
    }

    private mutating func advance(_ events: inout [Event]) throws(UploadRefusal) -> Bool {
        switch state {
        case .preamble:
            guard let place = find(delimiter) else {
                drop(upTo: max(0, buffer.count - delimiter.count + 1))
                return false
            }
            drop(upTo: place + delimiter.count)
            state = .afterBoundary
            return true
        case .afterBoundary:
            guard buffer.count >= 2 else { return false }
            let mark = (buffer[0], buffer[1])
            drop(upTo: 2)
            guard mark != (45, 45) else {
                state = .epilogue
                return true
            }
            guard mark == (13, 10) else { throw .malformed }
            parts += 1
            guard parts <= Self.partsMax else { throw .tooManyParts }
            state = .headers
            return true
        case .headers: return try advanceHeaders(&events)
        case .body: return advanceBody(&events)
        case .epilogue:
            buffer.removeAll()
            return false
        }
    }

    private mutating func advanceHeaders(_ events: inout [Event]) throws(UploadRefusal) -> Bool {
        guard let end = find([13, 10, 13, 10]) else {
            guard buffer.count <= Self.headerBytesMax else { throw .malformed }
            return false
        }
        guard end <= Self.headerBytesMax else { throw .malformed }
        events.append(try Self.begin(String(decoding: buffer[..<end], as: UTF8.self)))
        drop(upTo: end + 4)
        state = .body
        return true
    }

    private mutating func advanceBody(_ events: inout [Event]) -> Bool {
        if let place = find(delimiter) {
            if place > 0 { events.append(.data(Array(buffer[..<place]))) }
            events.append(.end)
            drop(upTo: place + delimiter.count)
            state = .afterBoundary
            return true
        }
        let safe = buffer.count - delimiter.count + 1
        if safe > 0 {
            events.append(.data(Array(buffer[..<safe])))
            drop(upTo: safe)
        }
        return false
    }

    private static func begin(_ headers: String) throws(UploadRefusal) -> Event {
        for line in headers.components(separatedBy: "\r\n") {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == "content-disposition" else {
                continue
            }
            let value = line[line.index(after: colon)...]
            guard value.drop(while: { $0 == " " }).hasPrefix("form-data"), let name = parameter("name", in: value),
                (1...100).contains(name.count)
            else { throw .malformed }
            return .begin(name: name, file: parameter("filename", in: value))
        }
        throw .malformed
    }

    /// The value of `key="…"`; browsers write a quotation mark in it as `%22` (RFC 7578 section 2).
    private static func parameter(_ key: String, in header: Substring) -> String? {
        for piece in header.components(separatedBy: ";") {
            let trimmed = piece.drop(while: { $0 == " " })
            guard trimmed.hasPrefix("\(key)=\""), trimmed.hasSuffix("\""), trimmed.count >= key.count + 3 else {
                continue
            }
            return String(trimmed.dropFirst(key.count + 2).dropLast()).replacingOccurrences(of: "%22", with: "\"")
        }
        return nil
    }

    private func find(_ pattern: [UInt8]) -> Int? {
        guard buffer.count >= pattern.count else { return nil }
        var start = 0
        while let place = buffer[start...].firstIndex(of: pattern[0]), place + pattern.count <= buffer.count {
            if buffer[place..<place + pattern.count].elementsEqual(pattern) { return place }
            start = place + 1
        }
        return nil
    }

    private mutating func drop(upTo count: Int) {
        buffer.removeFirst(count)
    }
}
