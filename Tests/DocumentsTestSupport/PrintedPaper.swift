/// A PDF as programs of others read it: `pdftotext`, `pdffonts`, `pdfinfo`, `qpdf`, `pdftoppm` and `zbarimg`.
package final class PrintedPaper: Sendable {
    private static let scan = ["--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", "page.png"]

    private let bench: Workbench

    /// Writes the file into a folder of its own, which goes with the value.
    package init(_ bytes: [UInt8]) throws {
        bench = try Workbench()
        try bench.write(bytes, to: "paper.pdf")
    }

    /// What can be copied, in the order of reading.
    package func text() throws -> String { try run("pdftotext", ["-enc", "UTF-8", "paper.pdf", "-"]).output }

    /// Its text without white space: what is written, wherever lines end. `width` keeps to so many points from the left
    /// edge of each page or from `left`, so that a column is read by itself.
    package func letters(from left: Int = 0, width: Int = 596) throws -> String {
        let area = ["-x", "\(left)", "-y", "0", "-W", "\(width)", "-H", "842", "-r", "72"]
        return try run("pdftotext", area + ["-enc", "UTF-8", "paper.pdf", "-"]).output.filter { !$0.isWhitespace }
    }

    /// The text of each page.
    package func pages() throws -> [String] { try text().split(separator: "\u{0C}").map(String.init) }

    /// What `qpdf --check` finds wrong; nil when nothing is.
    package func fault() throws -> String? {
        let (status, output) = try run("qpdf", ["--check", "paper.pdf"])
        // A warning is a status of its own.
        return status == 0 ? nil : output
    }

    /// What `pdffonts` says, a line for each font.
    package func fonts() throws -> [String] {
        try run("pdffonts", ["paper.pdf"]).output.split(separator: "\n").dropFirst(2).map(String.init)
    }

    /// What `pdfinfo` says.
    package func info() throws -> String { try run("pdfinfo", ["-isodates", "paper.pdf"]).output }

    /// The QR codes of the first page at 150 dots an inch.
    package func codes() throws -> [String] {
        _ = try run("pdftoppm", ["-r", "150", "-l", "1", "-png", "-singlefile", "paper.pdf", "page"])
        return try run("zbarimg", Self.scan).output.split(separator: "\n").map(String.init)
    }

    private func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        try bench.run(program, arguments)
    }
}
