import Vocabulary

/// A small XML document as a tree: elements under their names without prefix, their attributes, their text.
///
/// For the parts of an OFD that are looked at from all sides; long parts are read by `XMLReader` alone.
struct XMLTree: Sendable {
    /// LIMIT: bytes of a document, and its elements.
    static let bytesMax = 4 * 1024 * 1024
    static let elementsMax = 50_000

    /// Why a document is not read.
    enum Defect: Error, Equatable { case malformed, documentType, tooLarge }

    let name: String
    let attributes: [String: String]
    private(set) var children: [XMLTree] = []
    /// The text of the element itself, without the white space around it.
    private(set) var text = ""

    /// Reads a document. Refuses what `XMLReader` refuses, and one beyond the limits.
    init(_ bytes: [UInt8]) throws(Defect) {
        guard bytes.count <= Self.bytesMax else { throw .tooLarge }
        do throws(XMLReader.Defect) {
            var reader = try XMLReader(bytes)
            var open: [XMLTree] = []
            var count = 0
            while let event = try reader.next() {
                switch event {
                case .start(let name):
                    count += 1
                    guard count <= Self.elementsMax else { break }
                    open.append(XMLTree(name: name, attributes: reader.attributes))
                case .text(let text): open[open.count - 1].text += text
                case .end:
                    guard var element = open.popLast() else { break }
                    element.text = String(element.text.drop(while: \.isWhitespace))
                    while element.text.last?.isWhitespace == true { element.text.removeLast() }
                    guard !open.isEmpty else {
                        // The reader refuses everything but comments and white space behind the outermost element.
                        while try reader.next() != nil {}
                        self = element
                        return
                    }
                    open[open.count - 1].children.append(element)
                }
                guard count <= Self.elementsMax else { throw XMLReader.Defect.malformed }
            }
        } catch {
            throw error == .documentType ? .documentType : .malformed
        }
        throw .malformed
    }

    private init(name: String, attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// The first child of this name; nil when there is none.
    subscript(name: String) -> XMLTree? { children.first { $0.name == name } }

    /// All children of this name.
    func all(_ name: String) -> [XMLTree] { children.filter { $0.name == name } }

    /// Every element of this name, however deep, this one included, in the order of the document.
    func everywhere(_ name: String) -> [XMLTree] {
        (self.name == name ? [self] : []) + children.flatMap { $0.everywhere(name) }
    }
}
