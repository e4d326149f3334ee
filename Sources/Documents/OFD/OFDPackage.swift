import Signing
import Vocabulary

/// The files of an OFD before it is sealed.
struct OFDPackage {
    /// Numbers in the document: pages from 1, then these.
    private static let templateID = 51
    private static let codeID = 151
    private static let groundID = 201
    private static let objectID = 1001

    let parts: [OFDPart]

    init(_ file: OFDFile, _ packer: ZipPacker) throws {
        let face = file.face
        let fonts = try OFDFonts(face.typeface, for: face.texts)
        var code: QRCode?
        for case .code(let mark, _, _) in face.texts.joined() { code = mark }
        var nextID = Self.objectID
        var pages: [OFDPart] = []
        for (index, marks) in face.texts.enumerated() {
            var content = OFDContent(face.typeface, codeID: Self.codeID, firstID: nextID + 1)
            try content.add(marks)
            let bytes = Self.page(content.objects, layer: nextID, template: true)
            pages.append(OFDPart("Doc_0/Pages/Page_\(index)/Content.xml", bytes, packer))
            nextID = content.nextID
        }
        let id = SM3.digest(of: pages.flatMap(\.digest) + Array("\(file.about.createdAt.milliseconds)".utf8)).prefix(16)
        var parts = [
            OFDPart("OFD.xml", Self.root(file.about, id: Array(id)), packer),
            OFDPart("Doc_0/Document.xml", Self.document(file, maxID: nextID, hasCode: code != nil), packer),
            OFDPart("Doc_0/PublicRes.xml", fonts.resources, packer),
        ]
        if let code {
            parts.append(OFDPart("Doc_0/DocumentRes.xml", Self.images, packer))
            parts.append(OFDPart("Doc_0/Res/code.png", code.png(), packer, isStored: true))
        }
        parts += try fonts.parts(packer)
        parts.append(face.ground.part)
        parts += pages
        if !file.attachments.isEmpty {
            parts.append(OFDPart("Doc_0/Attachs/Attachments.xml", Self.attachments(file), packer))
            parts += file.attachments.map { OFDPart("Doc_0/Attachs/\($0.name)", $0.bytes, packer) }
        }
        self.parts = parts
    }

    /// The ground of a template's faces as a template page.
    static func ground(_ marks: [Mark]) -> OFDPart {
        var content = OFDContent(nil, firstID: groundID + 1)
        do throws(DocumentRefusal) { try content.add(marks) } catch { preconditionFailure("a ground has no text") }
        precondition(content.nextID < objectID, "a ground of few objects")
        let bytes = page(content.objects, layer: groundID, template: false)
        return OFDPart("Doc_0/Tpls/Tpl_0/Content.xml", bytes, ZipPacker(level: 9))
    }

    private static func page(_ objects: OFDText, layer: Int, template: Bool) -> [UInt8] {
        var xml = OFDText(capacity: objects.bytes.count + 512)
        xml.raw("<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\">")
        if template {
            xml.raw("<ofd:Template TemplateID=\"")
            xml.number(templateID)
            xml.raw("\" ZOrder=\"Background\"/>")
        }
        xml.raw("<ofd:Content><ofd:Layer ID=\"")
        xml.number(layer)
        xml.raw(template ? "\" Type=\"Body\">" : "\" Type=\"Background\">")
        xml.append(objects)
        xml.raw("</ofd:Layer></ofd:Content></ofd:Page>")
        return xml.bytes
    }

    private static func root(_ about: OFDFile.About, id: [UInt8]) -> [UInt8] {
        var xml = OFDText()
        xml.raw("<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\" Version=\"1.1\" DocType=\"OFD\"><ofd:DocBody>")
        xml.raw("<ofd:DocInfo><ofd:DocID>")
        for byte in id { xml.text(PDFText.hex(UInt16(byte)).suffix(2)) }
        xml.raw("</ofd:DocID><ofd:Title>")
        xml.text(about.title)
        xml.raw("</ofd:Title><ofd:Author>")
        xml.text(about.author)
        xml.raw("</ofd:Author><ofd:CreationDate>")
        xml.text("\(about.createdAt.day)")
        xml.raw("</ofd:CreationDate><ofd:Creator>OneWindow</ofd:Creator>")
        if !about.data.isEmpty {
            xml.raw("<ofd:CustomDatas>")
            for (name, value) in about.data {
                xml.raw("<ofd:CustomData Name=\"")
                xml.text(name)
                xml.raw("\">")
                xml.text(value)
                xml.raw("</ofd:CustomData>")
            }
            xml.raw("</ofd:CustomDatas>")
        }
        xml.raw("</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>")
        xml.raw("<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>")
        return xml.bytes
    }

    private static func document(_ file: OFDFile, maxID: Int, hasCode: Bool) -> [UInt8] {
        var xml = OFDText()
        xml.raw("<ofd:Document xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:CommonData><ofd:MaxUnitID>")
        xml.number(maxID)
        xml.raw("</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0")
        xml.place(Point(file.face.size.width, file.face.size.height))
        xml.raw("</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>")
        if hasCode { xml.raw("<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>") }
        xml.raw("<ofd:TemplatePage ID=\"")
        xml.number(templateID)
        xml.raw(
            "\" Name=\"ground\" ZOrder=\"Background\" BaseLoc=\"Tpls/Tpl_0/Content.xml\"/></ofd:CommonData><ofd:Pages>")
        for index in file.face.texts.indices {
            xml.raw("<ofd:Page ID=\"")
            xml.number(index + 1)
            xml.raw("\" BaseLoc=\"Pages/Page_")
            xml.number(index)
            xml.raw("/Content.xml\"/>")
        }
        xml.raw("</ofd:Pages>")
        if !file.attachments.isEmpty { xml.raw("<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>") }
        xml.raw("</ofd:Document>")
        return xml.bytes
    }

    private static let images: [UInt8] = {
        var xml = OFDText()
        xml.raw("<ofd:Res xmlns:ofd=\"http://www.ofdspec.org/2016\" BaseLoc=\"Res\"><ofd:MultiMedias>")
        xml.raw("<ofd:MultiMedia ID=\"")
        xml.number(codeID)
        xml.raw("\" Type=\"Image\" Format=\"PNG\"><ofd:MediaFile>code.png</ofd:MediaFile></ofd:MultiMedia>")
        xml.raw("</ofd:MultiMedias></ofd:Res>")
        return xml.bytes
    }()

    private static func attachments(_ file: OFDFile) -> [UInt8] {
        var xml = OFDText()
        xml.raw("<ofd:Attachments xmlns:ofd=\"http://www.ofdspec.org/2016\">")
        for (index, attachment) in file.attachments.enumerated() {
            xml.raw("<ofd:Attachment ID=\"")
            xml.number(index + 1)
            xml.raw("\" Name=\"")
            xml.text(attachment.name)
            xml.raw("\" Format=\"")
            xml.text(attachment.format)
            xml.raw("\" Visible=\"false\"><ofd:FileLoc>")
            xml.text(attachment.name)
            xml.raw("</ofd:FileLoc></ofd:Attachment>")
        }
        xml.raw("</ofd:Attachments>")
        return xml.bytes
    }
}
