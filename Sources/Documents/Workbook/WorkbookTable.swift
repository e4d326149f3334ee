import Vocabulary

/// The rows of one table while its part is read.
struct WorkbookTable {
    private(set) var rows: [WorkbookReader.Row] = []
    private let strings: [String]
    private let styles: WorkbookStyles
    /// Whether only a head is looked for, so that nothing is refused.
    private let isLenient: Bool

    private var line = 0
    private var cells: [String] = []
    private var refusal: WorkbookRefusal?
    private var cell = Cell()

    private struct Cell {
        var column = 0
        var type = "n"
        var style = 0
        var value = ""
        var isValue = false
        var inline = RunText()
    }

    init(strings: [String], styles: WorkbookStyles, isLenient: Bool) {
        (self.strings, self.styles, self.isLenient) = (strings, styles, isLenient)
    }

    mutating func take(_ event: XMLReader.Event, _ attributes: [String: String]) throws {
        cell.inline.take(event)
        switch event {
        case .start("row"): try beginRow(attributes)
        case .end("row"): endRow()
        case .start("c"):
            var next = Cell()
            next.column = attributes["r"].flatMap(CellName.column) ?? cell.column + 1
            next.type = attributes["t"] ?? "n"
            next.style = attributes["s"].flatMap { Int($0) } ?? 0
            cell = next
        case .start("v"): cell.isValue = true
        case .end("v"): cell.isValue = false
        case .text(let text) where cell.isValue: cell.value += text
        case .start("f") where !isLenient: throw WorkbookRefusal.formula(place)
        case .end("c"): try endCell()
        case .start("mergeCell") where !isLenient: throw WorkbookRefusal.mergedCells(attributes["ref"] ?? "")
        default: break
        }
    }

    private var place: String { CellName.text(cell.column, line) }

    private mutating func beginRow(_ attributes: [String: String]) throws {
        let next = attributes["r"].flatMap { Int($0) } ?? line + 1
        guard next > line, next <= WorkbookReader.rowsMax else { throw WorkbookRefusal.tooManyCells }
        (line, cells, refusal, cell) = (next, [], nil, Cell())
        cell.column = -1
    }

    private mutating func endRow() {
        if cells.contains(where: { !$0.isEmpty }) || refusal != nil {
            rows.append(WorkbookReader.Row(line: line, cells: cells, refusal: refusal))
        }
    }

    private mutating func endCell() throws {
        let (text, odd) = shown()
        guard text.utf8.count <= WorkbookReader.cellBytesMax else {
            if isLenient { return }
            throw WorkbookRefusal.cellTooLarge(place)
        }
        guard !text.isEmpty || odd != nil else { return }
        guard (0..<WorkbookReader.columnsMax).contains(cell.column) else {
            if isLenient { return }
            throw WorkbookRefusal.tooManyCells
        }
        while cells.count <= cell.column { cells.append("") }
        cells[cell.column] = text
        refusal = refusal ?? odd
    }

    /// What the cell shows, and why it cannot be used when it cannot.
    private mutating func shown() -> (String, WorkbookRefusal?) {
        let value = cell.value
        switch cell.type {
        case "s":
            guard let index = Int(value), strings.indices.contains(index) else { return ("", .cellError(place)) }
            return (strings[index], nil)
        case "inlineStr": return (cell.inline.next(), nil)
        case "str": return (WorkbookText.text(value), nil)
        case "b": return (value == "1" || value == "true" ? "true" : "false", nil)
        case "e": return (value, .cellError(place))
        case "d": return value.hasSuffix("T00:00:00") ? (String(value.prefix(10)), nil) : (value, .cellTime(place))
        default: return number(value)
        }
    }

    private func number(_ value: String) -> (String, WorkbookRefusal?) {
        if value.isEmpty { return ("", nil) }
        if styles.isDay(cell.style) {
            guard let serial = Int(value), let day = styles.day(serial) else { return (value, .cellTime(place)) }
            return (day.description, nil)
        }
        let isPlain = value.wholeMatch(of: /-?\d+(\.\d+)?/) != nil
        let digits = value.utf8.filter { (48...57).contains($0) }.count
        return isPlain && digits <= 15 ? (value, nil) : (value, .cellNumber(place))
    }
}

/// Which formats of cells show a day (ECMA-376 part 1, 18.8.30).
struct WorkbookStyles: Sendable {
    private static let days: Set<Int> = Set(14...22).union(27...36).union(45...47).union(50...58)
    private static let epoch1900 = 25_569
    private static let epoch1904 = 24_107

    private var isDay: [Bool] = []
    private let epoch: Int

    init(_ part: String?, of zip: ZipReader, starts1904: Bool) throws {
        epoch = starts1904 ? Self.epoch1904 : Self.epoch1900
        guard let part else { return }
        var (custom, formats, isWithin): ([Int: Bool], [Int], Bool) = ([:], [], false)
        try WorkbookReader.read(part, of: zip) { event, attributes in
            let id = attributes["numFmtId"].flatMap { Int($0) }
            switch event {
            case .start("numFmt"):
                if let id { custom[id] = Self.showsDay(attributes["formatCode"] ?? "") }
            case .start("cellXfs"): isWithin = true
            case .end("cellXfs"): isWithin = false
            case .start("xf") where isWithin: formats.append(id ?? 0)
            default: break
            }
        }
        isDay = formats.map { custom[$0] ?? Self.days.contains($0) }
    }

    /// Whether a format's code shows a part of a day, outside of what it quotes.
    private static func showsDay(_ code: String) -> Bool {
        let bare = code.replacing(/"[^"]*"|\\.|\[[^\]]*\]/, with: "").lowercased()
        return bare.contains { "ymdhs".contains($0) } && !bare.contains("general")
    }

    func isDay(_ style: Int) -> Bool { isDay.indices.contains(style) && isDay[style] }

    /// The day of a serial number. Nil before 1 March 1900, where spreadsheets count a day that there was not.
    func day(_ serial: Int) -> CivilDate? {
        guard (61...2_958_465).contains(serial) || epoch == Self.epoch1904 && (0...2_957_003).contains(serial) else {
            return nil
        }
        return CivilDate(daysSinceEpoch: serial - epoch)
    }
}
