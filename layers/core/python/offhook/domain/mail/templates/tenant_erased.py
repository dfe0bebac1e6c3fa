"""Everything of a tenant is erased. Values: tenant, date, counts, kept, audit_head."""

TEXTS = {
    "en-US": (
        "Your data at Offhook has been erased",
        "Hello,\n\neverything of the account {tenant} was erased on {date}. This is what there was:\n\n{counts}\n\n"
        "This is kept, because the law or the proof of the erasure asks for it:\n\n{kept}\n\n"
        "End of the audit trail: {audit_head}\n\nThis is the certificate; we do not write again.\n",
    ),
    "zh-CN": (
        "您在 Offhook 的数据已删除",
        "您好：\n\n账户 {tenant} 的全部数据已于 {date} 删除。删除前的数据如下：\n\n{counts}\n\n"
        "依据法律或作为删除证明而保留的数据：\n\n{kept}\n\n审计链末端：{audit_head}\n\n此邮件即为证明，之后我们不再与您联系。\n",
    ),
}
