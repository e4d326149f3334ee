import Certificates
import Testing
import Vocabulary

@Suite struct CertificateMetadataTests {
    private static func certificate(_ events: [CertificateEvent] = []) throws -> Certificate {
        let origin = (DossierID(Subject(high: 4, low: 1)), "000114111003")
        let reserved = Certificate(
            Sheaf.id(1), try Sheaf.reservation(1, origin: origin),
            Sheaf.personal(face: ["scope": "国内劳务派遣", "capital": "200"]), at: Instant(Sheaf.today, hour: 9, minute: 5))
        return try events.reduce(reserved) { try $0.applying($1) }
    }

    private static func metadata() throws -> CertificateMetadata {
        try #require(CertificateMetadata(try certificate()))
    }

    @Test func `the first edition of the signed data is what it always was, byte for byte`() throws {
        let first = Certificate.Filing(
            digest: "", algorithm: "", keyID: "", signature: "", signedAt: Instant(milliseconds: 0), edition: nil)
        let data = try #require(CertificateData(try Self.certificate([.filed(first)])))
        let check = try Self.metadata().values["identifier"]?.last ?? "?"
        #expect(data.edition == 1)
        #expect(
            String(decoding: try data.bytes(), as: UTF8.self) == """
                {"certificate_holder_code":"350102188501010019","certificate_holder_name":"林晓榕",\
                "certificate_holder_type":"111",\
                "certificate_identifier":"1.2.156.3005.2.11350100MADEM002X0001.11350100MADEM002X0.FZ20260001.001.\(check)",\
                "certificate_issuing_authority_code":"11350100MADEM002X0",\
                "certificate_issuing_authority_date":"20241004",\
                "certificate_issuing_authority_name":"市人社局（示例）","certificate_number":"FZ20260001",\
                "certificate_type_name":"劳务派遣经营许可证",\
                "certificate_type_name_code":"11350100MADEM002X0001","certificate_validate_end":"20251004",\
                "certificate_validate_start":"20241004","certificate_version":"001",\
                "extend_info":{"capital":"200","scope":"国内劳务派遣"},"related_item_code":"000114111003"}
                """)
    }

    @Test func `what is not signed yet is signed in the newest edition, which holds everything that does not change`()
        throws
    {
        let data = try #require(CertificateData(try Self.certificate()))
        #expect(data.edition == CertificateData.newestEdition)
        let record: JSONValue = try CanonicalJSON.value(in: try data.bytes())
        for element in MetadataElement.all where element.english != nil {
            let isThere = record[element.english ?? ""] != nil
            #expect(isThere == (element.signedSince != nil), "\(element.id)")
        }
        #expect(record["certificate_area_code"] == .text("350100"))
        #expect(record["create_time"] == .text("20241004090500"))
        #expect(record["validity_range"] == .text("2024年10月4日至2025年10月4日"))
        #expect(record["certificate_define_authority_code"] == .text("11350100MADEM002X0"))
        let signed = try #require(CertificateData(try Self.certificate([.filed(Sheaf.filing)])))
        #expect(try signed.bytes() == data.bytes(), "the signature changes nothing of it")
        #expect(try CertificateData(Self.forgotten()) == nil)
    }

    private static func forgotten() throws -> Certificate {
        Certificate(Sheaf.id(1), try Sheaf.reservation(1), nil, at: Instant(Sheaf.today))
    }

    @Test func `every key stands once, in the order of the standard`() {
        let pinyin = MetadataElement.all.compactMap(\.pinyin)
        let english = MetadataElement.all.compactMap(\.english)
        #expect(Set(pinyin).count == pinyin.count && Set(english).count == english.count)
        #expect(Set(MetadataElement.all.map(\.id)).count == MetadataElement.all.count)
        #expect(
            pinyin == [
                "ZZMC", "ZZLXDM", "ZZBH", "ZZBS", "ZZBFJG", "ZZBFJGDM", "ZZBFRQ", "CZZT", "CZZTDM", "CZZTDMLX",
                "CZZTDMLXDM", "ZZYXQQSRQ", "ZZYXQJZRQ", "ZZQZR", "ZZQZMC", "ZZQZSJ", "JZJZZSJ", "JZJZZZ", "JZJZZSY",
                "JZJYXQJZSJ", "CJSJ",
            ])
        for key in english { #expect(key.utf8.allSatisfy { $0 == 95 || (97...122).contains($0) }) }
    }

    @Test func `an OFD file carries the pinyin keys and the face, a record the English ones`() throws {
        let kind = CertificateKind(
            code: Sheaf.dispatch, names: ("许可证", "Licence"),
            definingBody: CertificateKind.DefiningBody(
                code: try #require(Sheaf.hrss), name: "人社部（示例）", nameEnglish: "Ministry"),
            holderKind: .organisation, validity: .longTerm, faceFields: [])
        let sealing = CertificateMetadata.Sealing(
            sealer: "市人社局（示例）", sealName: "行政审批专用章", at: Instant(Sheaf.today, hour: 10))
        let metadata = try Self.metadata().defined(by: kind).related(to: "劳务派遣经营许可").sealed(sealing)
        let data = metadata.customData
        #expect(data.first?.key == "ZZMC" && data.first?.value == "劳务派遣经营许可证")
        #expect(data.suffix(2).map(\.key) == ["KZ_capital", "KZ_scope"] && data.last?.value == "国内劳务派遣")
        #expect(data.first { $0.key == "ZZQZSJ" }?.value == "20241004100000")
        #expect(data.first { $0.key == "CZZTDMLX" }?.value == "公民身份号码")
        #expect(!data.contains { $0.key.hasPrefix("JZJ") }, "no copy")
        let record = metadata.listed(.valid, fileURL: nil).record
        #expect(record["certificate_define_authority_name"] == .text("人社部（示例）"))
        #expect(record["related_item_name"] == .text("劳务派遣经营许可") && record["status"] == .text("valid"))
        #expect(record["extend_info"]?["scope"] == .text("国内劳务派遣"))
        #expect(metadata.defects == [])
    }

    @Test func `an annotated copy says for whom, for what and until when`() throws {
        let now = Instant(Sheaf.today, hour: 10)
        let copy = try #require(
            CertificateCopy(
                madeAt: now, maker: "林晓榕", cause: "供示例银行核验", expiresAt: now.advanced(bySeconds: 86_400)))
        let data = try Self.metadata().annotated(copy).customData
        #expect(data.first { $0.key == "JZJZZSY" }?.value == "供示例银行核验")
        #expect(data.first { $0.key == "JZJYXQJZSJ" }?.value == "20241005100000")
        #expect(copy.isValid(at: now) && !copy.isValid(at: now.advanced(bySeconds: 86_400)))
        let long = String(repeating: "长", count: CertificateCopy.causeCharactersMax + 1)
        for cause in ["", long] {
            #expect(CertificateCopy(madeAt: now, maker: "林晓榕", cause: cause, expiresAt: nil) == nil)
        }
    }

    @Test func `what must be there and is not, or is too long, is named`() throws {
        let nameless = Certificate(
            Sheaf.id(1), try Sheaf.reservation(1),
            Certificate.Personal(
                holder: ("", "350102188501010019", "111"), names: (String(repeating: "长", count: 513), "市人社局"),
                face: [:]), at: Instant(Sheaf.today))
        let metadata = try #require(CertificateMetadata(nameless))
        #expect(metadata.defects.map(\.id) == ["name", "typeName", "holderName"])
    }
}
