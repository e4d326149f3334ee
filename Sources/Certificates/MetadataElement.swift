/// One element of a certificate's metadata (GB/T 36903), with the key under which each form carries it. The list is the
/// one place where keys stand: the signed data, the directory record and the custom data of an OFD file read it.
package struct MetadataElement: Hashable, Sendable {
    /// Whether an element must be there.
    package enum Need: Sendable { case required, conditional, optional, onCopies }

    /// The name in this program.
    package let id: String
    /// The name in the standard.
    package let label: String
    /// The key in the custom data of an OFD file; nil where none carries it.
    package let pinyin: String?
    /// The key in the directory record; nil where none carries it.
    package let english: String?
    package let need: Need
    /// LIMIT: characters of a value.
    package let charactersMax: Int
    /// Since which edition the signed data hold it; nil for what changes after the signature.
    package let signedSince: Int?

    private init(
        _ id: String, _ label: String, _ pinyin: String?, _ english: String?, _ need: Need = .required, max: Int,
        since signedSince: Int? = nil
    ) {
        (self.id, self.label, self.pinyin, self.english) = (id, label, pinyin, english)
        (self.need, charactersMax, self.signedSince) = (need, max, signedSince)
    }

    /// All elements, in the order of the standard.
    package static let all = what + body + holder + days + seal + copy + record

    private static let what = [
        MetadataElement("name", "证照名称", "ZZMC", "certificate_name", max: 512, since: 2),
        MetadataElement("typeName", "证照类型名称", nil, "certificate_type_name", max: 256, since: 1),
        MetadataElement("typeCode", "证照类型代码", "ZZLXDM", "certificate_type_name_code", max: 21, since: 1),
        MetadataElement("number", "证照编号", "ZZBH", "certificate_number", max: 128, since: 1),
        MetadataElement("identifier", "证照标识", "ZZBS", "certificate_identifier", max: 128, since: 1),
        MetadataElement("version", "证照版本号", nil, "certificate_version", max: 3, since: 1),
    ]

    private static let body = [
        MetadataElement(
            "issuerName", "证照颁发机构", "ZZBFJG", "certificate_issuing_authority_name", max: 512, since: 1),
        MetadataElement(
            "issuerCode", "证照颁发机构代码", "ZZBFJGDM", "certificate_issuing_authority_code", max: 18, since: 1),
        MetadataElement("issuedOn", "证照颁发日期", "ZZBFRQ", "certificate_issuing_authority_date", max: 8, since: 1),
        MetadataElement("definerName", "证照定义机构", nil, "certificate_define_authority_name", .optional, max: 512),
        MetadataElement(
            "definerCode", "证照定义机构代码", nil, "certificate_define_authority_code", .optional, max: 18, since: 2),
    ]

    private static let holder = [
        MetadataElement("holderName", "持证主体", "CZZT", "certificate_holder_name", max: 512, since: 1),
        MetadataElement("holderCode", "持证主体代码", "CZZTDM", "certificate_holder_code", max: 512, since: 1),
        MetadataElement("holderTypeName", "持证主体代码类型", "CZZTDMLX", "certificate_holder_type_name", max: 64, since: 2),
        MetadataElement("holderType", "持证主体代码类型代码", "CZZTDMLXDM", "certificate_holder_type", max: 3, since: 1),
    ]

    private static let days = [
        MetadataElement(
            "validFrom", "证照有效期起始日期", "ZZYXQQSRQ", "certificate_validate_start", .conditional, max: 8, since: 1),
        MetadataElement(
            "validUntil", "证照有效期截止日期", "ZZYXQJZRQ", "certificate_validate_end", .conditional, max: 8, since: 1),
        MetadataElement("validity", "证照有效期限范围", nil, "validity_range", .conditional, max: 64, since: 2),
    ]

    private static let seal = [
        MetadataElement("sealer", "证照签章人", "ZZQZR", nil, .conditional, max: 128),
        MetadataElement("sealName", "证照签章名称", "ZZQZMC", nil, .conditional, max: 512),
        MetadataElement("sealedAt", "证照签章时间", "ZZQZSJ", nil, .conditional, max: 20),
    ]

    private static let copy = [
        MetadataElement("copyMadeAt", "加注件制作时间", "JZJZZSJ", "certificate_copy_creation_time", .onCopies, max: 20),
        MetadataElement("copyMaker", "加注件制作者", "JZJZZZ", "certificate_copy_creator", .onCopies, max: 128),
        MetadataElement("copyCause", "加注件制作事由", "JZJZZSY", "certificate_copy_cause", .onCopies, max: 200),
        MetadataElement(
            "copyExpires", "加注件有效期截止时间", "JZJYXQJZSJ", "certificate_copy_expiring_time", .onCopies, max: 20),
    ]

    private static let record = [
        MetadataElement("areaCode", "属地", nil, "certificate_area_code", max: 6, since: 2),
        MetadataElement("itemName", "关联事项名称", nil, "related_item_name", .optional, max: 512),
        MetadataElement("itemCode", "关联事项代码", nil, "related_item_code", .optional, max: 50, since: 1),
        MetadataElement("createdAt", "创建时间", "CJSJ", "create_time", max: 20, since: 2),
        MetadataElement("status", "状态", nil, "status", max: 32),
        MetadataElement("fileURL", "文件", nil, "file_url", max: 512),
    ]

    /// Under this key the directory record carries the fields of the face, as one object.
    package static let faceKey = "extend_info"
    /// With this the keys of the face's fields begin in the custom data of an OFD file: 扩展照面信息.
    package static let facePrefix = "KZ_"
}
